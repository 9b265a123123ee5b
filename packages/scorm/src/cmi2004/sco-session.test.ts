import { describe, expect, it } from "vitest";
import { unopenedAttempt } from "./attempt-state.ts";
import { openAttempt } from "./open-attempt.ts";
import { lenientPolicy } from "./policy.ts";
import { ScoSession } from "./sco-session.ts";
import { firstDelivery, openSession, runSession, someContext, strictTerms } from "./testing/session.ts";

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe("the life of a session", () => {
  it("answers each call outside a running session with its own code", () => {
    const session = openSession();
    const codes = (): string[] => {
      const said: string[] = [];
      session.get("cmi.location");
      said.push(session.error);
      session.set("cmi.location", "x");
      said.push(session.error);
      session.commit("");
      said.push(session.error);
      return said;
    };
    expect(codes()).toEqual(["122", "132", "142"]);
    expect([session.terminate(""), session.error]).toEqual([false, "112"]);
    expect([session.initialize("x"), session.error]).toEqual([false, "201"]);
    expect([session.initialize(""), session.error]).toEqual([true, "0"]);
    expect([session.initialize(""), session.error]).toEqual([false, "103"]);
    expect([session.commit("x"), session.error]).toEqual([false, "201"]);
    expect([session.terminate("x"), session.error]).toEqual([false, "201"]);
    expect([session.terminate(""), session.error]).toEqual([true, "0"]);
    expect([session.terminate(""), session.error]).toEqual([false, "113"]);
    expect([session.initialize(""), session.error]).toEqual([false, "104"]);
    expect(codes()).toEqual(["123", "133", "143"]);
  });

  it("goes on from its state, also after a trip through JSON", () => {
    const first = runSession();
    first.set("cmi.interactions.0.id", "question");
    first.set("cmi.interactions.0.type", "choice");
    first.set("cmi.exit", "suspend");
    first.set("adl.nav.request", "{target=B}choice");
    const second = new ScoSession(json(first.state()), someContext);
    expect(second.phase).toBe("running");
    expect(second.set("cmi.interactions.0.learner_response", "a[,]b")).toBe(true);
    expect(second.report().exit).toBe("suspend");
    expect(second.navigationRequest()).toEqual({ type: "choice", target: "B" });
  });

  it("gives the same state until something changes", () => {
    const session = runSession();
    const before = session.state();
    session.get("cmi.location");
    session.set("cmi.score.scaled", "2");
    expect(session.state()).toBe(before);
    session.set("cmi.location", "1");
    expect(session.state()).not.toBe(before);
  });
});

describe("a learner attempt", () => {
  it("adds up its time over its sessions, and a new attempt begins at nothing", () => {
    const first = runSession();
    first.set("cmi.session_time", "PT1H30.25S");
    expect(first.get("cmi.total_time")).toBe("PT0H0M0S");
    first.terminate("");
    const resumed = runSession({ previous: json(first.close()), delivery: { resumed: true } });
    expect(resumed.get("cmi.total_time")).toBe("PT1H30.25S");
    expect(resumed.get("cmi.entry")).toBe("resume");
    resumed.set("cmi.session_time", "P1DT29.75S");
    const left = resumed.close();
    expect(left).toMatchObject({ ended: "close", totalCentiseconds: 25 * 360_000 + 6000 });
    const anew = runSession({ previous: left, delivery: { attempt: 2 } });
    expect(anew.get("cmi.total_time")).toBe("PT0H0M0S");
    expect(anew.get("cmi.entry")).toBe("ab-initio");
  });

  it("keeps its data when it was suspended, and a new attempt has none", () => {
    const first = runSession();
    first.set("cmi.suspend_data", "page 3");
    first.set("cmi.comments_from_learner.0.comment", "{lang=en}Hm");
    first.set("cmi.learner_preference.audio_level", "0.5");
    const left = json(first.close());
    const resumed = runSession({ previous: left, delivery: { resumed: true } });
    expect(resumed.get("cmi.suspend_data")).toBe("page 3");
    expect(resumed.get("cmi.comments_from_learner._count")).toBe("1");
    const anew = runSession({ previous: left, delivery: { attempt: 2 } });
    expect([anew.get("cmi.suspend_data"), anew.error]).toEqual(["", "403"]);
    expect(anew.get("cmi.comments_from_learner._count")).toBe("0");
  });

  it("is told by its objectives what is known of them", () => {
    const objectives = [
      { id: "first", successStatus: "passed", scoreScaled: 1, progressMeasure: 0.25 },
      { id: "second" },
    ] as const;
    const session = runSession({ delivery: { objectives } });
    expect(session.get("cmi.objectives._count")).toBe("2");
    expect(session.get("cmi.objectives.0.success_status")).toBe("passed");
    expect(session.get("cmi.objectives.0.score.scaled")).toBe("1.0");
    expect(session.get("cmi.objectives.0.progress_measure")).toBe("0.25");
    expect(session.get("cmi.objectives.1.success_status")).toBe("unknown");
    expect(session.get("cmi.success_status")).toBe("unknown");
  });

  it("goes on with what global objectives know now, and keeps the SCO's spelling of the same number", () => {
    const first = runSession({ delivery: { objectives: [{ id: "one" }] } });
    first.set("cmi.objectives.0.score.scaled", "0.50");
    first.set("cmi.objectives.0.description", "mine");
    const objectives = [{ id: "one", scoreScaled: 0.5, successStatus: "passed" }] as const;
    const resumed = runSession({ previous: first.close(), delivery: { resumed: true, objectives } });
    expect(resumed.state().objectives).toEqual([
      {
        id: "one",
        "score.scaled": "0.50",
        description: "mine",
        success_status: "passed",
        restored: ["success_status"],
      },
    ]);
    expect(resumed.report().objectives).toEqual([{ id: "one", scoreScaled: 0.5 }]);
    resumed.set("cmi.objectives.0.success_status", "unknown");
    expect(resumed.report().objectives).toEqual([{ id: "one", scoreScaled: 0.5, successStatus: "unknown" }]);
  });

  it("does not change the attempt it was opened from", () => {
    const attempt = openAttempt(unopenedAttempt, firstDelivery, strictTerms);
    const before = json(attempt);
    const session = new ScoSession(attempt, someContext);
    session.initialize("");
    session.set("cmi.objectives.0.id", "x");
    session.set("cmi.interactions.0.id", "x");
    session.terminate("");
    expect(json(attempt)).toEqual(before);
  });
});

describe("what the LMS decides", () => {
  it("is the completion status when there is a threshold", () => {
    const session = runSession({ delivery: { completionThreshold: 0.6 } });
    session.set("cmi.completion_status", "completed");
    expect(session.get("cmi.completion_status")).toBe("unknown");
    session.set("cmi.progress_measure", "0.59");
    expect(session.get("cmi.completion_status")).toBe("incomplete");
    session.set("cmi.progress_measure", "0.6");
    expect(session.get("cmi.completion_status")).toBe("completed");
    expect(session.report()).toMatchObject({ completionStatus: "completed", progressMeasure: 0.6 });
  });

  it("is the success status when there is a scaled passing score", () => {
    const session = runSession({ delivery: { scaledPassingScore: 0.6 } });
    session.set("cmi.success_status", "passed");
    expect(session.get("cmi.success_status")).toBe("unknown");
    session.set("cmi.score.scaled", "0.5");
    expect(session.get("cmi.success_status")).toBe("failed");
    expect(session.report()).toMatchObject({ successStatus: "failed", scoreScaled: 0.5 });
  });

  it("is nothing without them", () => {
    const session = runSession();
    session.set("cmi.completion_status", "not attempted");
    session.set("cmi.progress_measure", "1");
    expect(session.report()).toEqual({
      completionStatus: "not attempted",
      progressMeasure: 1,
      objectives: [],
      exit: "",
    });
  });

  it("is not said in the report as long as nothing decides it, but unknown that the SCO has set is", () => {
    const previous = (() => {
      const session = runSession();
      session.set("cmi.success_status", "unknown");
      return json(session.close());
    })();
    const said = runSession({ previous, delivery: { resumed: true } }).report();
    expect(said).toEqual({ successStatus: "unknown", objectives: [], exit: "" });
    const limits = { completionThreshold: 0.5, scaledPassingScore: 0.5 };
    const session = runSession({ delivery: limits });
    session.set("cmi.completion_status", "completed");
    expect(session.report()).toEqual({ completionStatus: "unknown", objectives: [], exit: "" });
    session.set("cmi.score.scaled", "0.5");
    expect(session.report()).toMatchObject({ successStatus: "passed" });
  });

  it("is told in the report with numbers for numbers", () => {
    const session = runSession();
    session.set("cmi.objectives.0.id", "one");
    session.set("cmi.objectives.0.score.raw", "7.50");
    session.set("cmi.session_time", "PT1M0.5S");
    session.set("cmi.exit", "time-out");
    expect(session.report()).toEqual({
      objectives: [{ id: "one", scoreRaw: 7.5 }],
      exit: "time-out",
      sessionTime: 60.5,
    });
  });

  it.each([
    ["cmi.max_time_allowed", "PT90M"],
    ["cmi.time_limit_action", "exit,message"],
    ["cmi.launch_data", "start=2"],
    ["cmi.mode", "review"],
    ["cmi.credit", "no-credit"],
    ["cmi.learner_name", "Doe, Jane"],
    ["cmi.comments_from_lms._count", "1"],
    ["cmi.comments_from_lms.0.comment", "Hello"],
  ])("is %s", (element, value) => {
    const session = runSession({
      delivery: { maxTimeAllowed: 5400, maxTimeAllowedText: "PT90M" },
      terms: { mode: "review", credit: "no-credit" },
      context: {
        activity: { timeLimitAction: "exit,message", dataFromLms: "start=2" },
        commentsFromLms: [{ comment: "Hello" }],
      },
    });
    expect([session.get(element), session.error, session.counts]).toEqual([value, "0", false]);
  });
});

describe("navigation", () => {
  it("asks the sequencer at the moment of the question", () => {
    const asked: string[] = [];
    const session = runSession({
      context: {
        requestValid: (request, target) => {
          asked.push(`${request} ${target}`.trim());
          return "unknown";
        },
      },
    });
    expect(session.get("adl.nav.request_valid.continue")).toBe("unknown");
    expect(session.get("adl.nav.request_valid.previous")).toBe("unknown");
    expect(session.get("adl.nav.request_valid.choice.{target=item 1}")).toBe("unknown");
    expect(session.get("adl.nav.request_valid.jump.{target=B.2}")).toBe("unknown");
    expect(asked).toEqual(["continue", "previous", "choice item 1", "jump B.2"]);
  });

  it.each(["continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"])("can be %s", (type) => {
    const session = runSession();
    expect(session.set("adl.nav.request", type)).toBe(true);
    expect(session.navigationRequest()).toEqual({ type });
    session.set("adl.nav.request", "_none_");
    expect(session.navigationRequest()).toBeUndefined();
  });

  it.each(["", "Continue", "choice", "{target=}choice", "{target=A}continue", "start"])("cannot be %j", (value) => {
    const session = runSession();
    expect([session.set("adl.nav.request", value), session.error]).toEqual([false, "406"]);
  });
});

describe("shared data", () => {
  const dataMaps = [
    { targetId: "open" },
    { targetId: "read", writeSharedData: false },
    { targetId: "write", readSharedData: false },
    { targetId: "__proto__" },
  ];

  it("is seen and changed as the data maps allow", () => {
    const session = runSession({ context: { activity: { dataMaps }, shared: { read: "r", write: "w", other: "o" } } });
    expect(session.get("adl.data._count")).toBe("4");
    expect([session.get("adl.data.0.store"), session.error]).toEqual(["", "403"]);
    expect([session.get("adl.data.1.store"), session.error]).toEqual(["r", "0"]);
    expect([session.get("adl.data.2.store"), session.error]).toEqual(["", "405"]);
    expect([session.set("adl.data.1.store", "x"), session.error]).toEqual([false, "404"]);
    expect(session.set("adl.data.2.store", "W")).toBe(true);
    expect(session.set("adl.data.3.store", "P")).toBe(true);
    expect([session.set("adl.data.4.store", "x"), session.error]).toEqual([false, "351"]);
    expect(Object.entries(session.shared())).toEqual([
      ["read", "r"],
      ["write", "W"],
      ["other", "o"],
      ["__proto__", "P"],
    ]);
  });

  it("is the same object until it is changed", () => {
    const shared = { open: "1" };
    const session = runSession({ context: { activity: { dataMaps }, shared } });
    session.get("adl.data.0.store");
    expect(session.shared()).toBe(shared);
  });
});

describe("lists", () => {
  it("lets no text and no list grow without end", () => {
    const policy = { ...lenientPolicy, longestText: 10, longestList: 2 };
    const session = runSession({ terms: { policy } });
    expect([session.set("cmi.suspend_data", "x".repeat(11)), session.error]).toEqual([false, "406"]);
    for (const at of [0, 1]) expect(session.set(`cmi.objectives.${at}.id`, `o${at}`)).toBe(true);
    expect([session.set("cmi.objectives.2.id", "o2"), session.error]).toEqual([false, "351"]);
  });
});
