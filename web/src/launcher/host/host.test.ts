import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HostResult } from "../../dispatch-protocol/host-result.ts";
import type { Dialect } from "./dialect.ts";
import { Host } from "./host.ts";
import { HostCaller } from "./host-call.ts";
import type { HostOptions } from "./host-options.ts";
import type { Receipt } from "./receipt.ts";
import { scorm12Dialect } from "./scorm12-dialect.ts";
import { scorm2004Dialect } from "./scorm2004-dialect.ts";

const options: HostOptions = {
  statusMapping: "successFirst",
  onlyImprove: false,
  suspendWhenIncomplete: true,
  scaleScore: false,
  windowMode: "frame",
  windowWidth: 0,
  windowHeight: 0,
};
const passed: HostResult = {
  completion: "completed",
  success: "passed",
  scoreRaw: 46,
  scoreMin: 0,
  scoreMax: 50,
  totalSeconds: 100,
  location: "page 3",
};
const begun: HostResult = { completion: "incomplete", success: "unknown", totalSeconds: 10, location: "" };

interface LmsPlan {
  readonly values?: Record<string, string>;
  /** Answers by call and element, in place of `true`: a text, an error code after `!`, or an exception. */
  readonly odd?: (method: string, element: string) => string | undefined;
}

/** A platform that holds values, and whose every call is written down. */
function lms(dialect: Dialect, { values = {}, odd = () => undefined }: LmsPlan = {}) {
  const held: Record<string, string> = { ...values };
  const calls: string[] = [];
  let error = "0";
  const { methods } = dialect;
  const run = (method: string, element: string, usual: () => string): unknown => {
    const plan = odd(method, element);
    error = "0";
    if (plan === "throw") throw new Error("the host broke");
    if (plan === "silent") return undefined;
    if (plan?.startsWith("!")) {
      error = plan.slice(1);
      return "false";
    }
    return plan ?? usual();
  };
  const api = {
    [methods.initialize]: () => run("initialize", "", () => "true"),
    [methods.get]: (element: string) => run("get", element, () => held[element] ?? ""),
    [methods.set]: (element: string, value: string) =>
      run("set", element, () => {
        calls.push(`${element}=${value}`);
        held[element] = value;
        return "true";
      }),
    [methods.commit]: () => run("commit", "", () => String(calls.push("commit") > 0)),
    [methods.finish]: () => run("finish", "", () => String(calls.push("finish") > 0)),
    [methods.lastError]: () => error,
    [methods.errorString]: (code: string) => `error ${code}`,
  };
  const receipts: Receipt[] = [];
  const committed: number[] = [];
  const caller = new HostCaller({ api, dialect, onReceipt: (it) => receipts.push(it), tick: () => 0 });
  const host = new Host(caller, dialect, (sequence) => committed.push(sequence));
  return { host, calls, held, receipts, committed };
}

const told = (sequence: number, result: HostResult) => ({ sequence, result, instanceToken: "cmt1.token" });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a host of SCORM 1.2", () => {
  it("is told that the learner has begun, keeps the token, and is told each result", () => {
    const { host, calls, committed } = lms(scorm12Dialect, { values: { "cmi.core.entry": "ab-initio" } });
    expect(host.initialize()).toBe(true);
    host.begin("cmt1.token", options);
    host.tell(told(1, passed));
    vi.advanceTimersByTime(1_000);
    host.finish(true);
    host.finish(false);
    expect(calls).toEqual([
      "cmi.suspend_data=cmt1.token",
      "cmi.core.lesson_status=incomplete",
      "commit",
      "cmi.core.lesson_status=passed",
      "cmi.core.score.raw=46",
      "cmi.core.score.min=0",
      "cmi.core.score.max=50",
      "cmi.core.lesson_location=page 3",
      "cmi.core.session_time=0000:01:40",
      "commit",
      "cmi.core.exit=",
      "commit",
      "finish",
    ]);
    expect(committed).toEqual([1, 1]);
  });

  it("is left as begun, not completed, when the page leaves before it was admitted", () => {
    const { host, calls } = lms(scorm12Dialect);
    host.initialize();
    host.finish(false);
    expect(calls).toEqual(["cmi.core.lesson_status=incomplete", "cmi.core.exit=suspend", "commit", "finish"]);
  });

  it("is told all that is known when the page goes away at once, and how to keep it", () => {
    const { host, calls } = lms(scorm12Dialect, { values: { "cmi.core.lesson_status": "incomplete" } });
    host.initialize();
    host.begin("cmt1.token", options);
    host.tell(told(1, begun));
    host.finish(false);
    expect(calls.slice(-5)).toEqual([
      "cmi.core.lesson_status=incomplete",
      "cmi.core.session_time=0000:00:10",
      "cmi.core.exit=suspend",
      "commit",
      "finish",
    ]);
  });

  it("is told only the time that it has not counted yet, but all of it in a new attempt", () => {
    const values = {
      "cmi.core.total_time": "0000:01:00.00",
      "cmi.suspend_data": "cmt1.token",
      "cmi.core.entry": "resume",
    };
    const resumed = lms(scorm12Dialect, { values });
    resumed.host.initialize();
    resumed.host.begin("cmt1.token", options);
    resumed.host.tell(told(1, passed));
    expect(resumed.calls).toContain("cmi.core.session_time=0000:00:40");
    const anew = lms(scorm12Dialect, { values: { ...values, "cmi.core.entry": "ab-initio" } });
    anew.host.initialize();
    anew.host.begin("cmt1.other", options);
    anew.host.tell(told(1, passed));
    expect(anew.calls).toContain("cmi.core.session_time=0000:01:40");
  });

  it("never hears a worse result when only better ones count", () => {
    const { host, calls } = lms(scorm12Dialect, {
      values: { "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "80" },
    });
    host.initialize();
    host.begin("cmt1.token", { ...options, onlyImprove: true });
    host.tell(told(1, { ...begun, scoreRaw: 20 }));
    expect(calls).toEqual(expect.arrayContaining(["cmi.core.lesson_status=passed", "cmi.core.score.raw=80"]));
  });

  it("does not hear an older result after a newer one", () => {
    const { host, calls } = lms(scorm12Dialect);
    host.initialize();
    host.begin("", options);
    host.tell(told(5, passed));
    const count = calls.length;
    host.tell(told(4, begun));
    host.tell(told(5, begun));
    expect(calls).toHaveLength(count);
  });
});

describe("a host of SCORM 2004", () => {
  it("is told completion, success and scaled score, and to leave", () => {
    const { host, calls } = lms(scorm2004Dialect);
    host.initialize();
    host.begin("cmt1.token", options);
    host.tell(told(1, passed));
    host.finish(true);
    expect(calls).toEqual([
      "cmi.suspend_data=cmt1.token",
      "cmi.completion_status=incomplete",
      "commit",
      "cmi.completion_status=completed",
      "cmi.success_status=passed",
      "cmi.score.raw=46",
      "cmi.score.min=0",
      "cmi.score.max=50",
      "cmi.score.scaled=0.92",
      "cmi.location=page 3",
      "cmi.session_time=PT0H1M40S",
      "cmi.exit=normal",
      "adl.nav.request=exitAll",
      "commit",
      "finish",
    ]);
  });
});

describe("a host that does as it likes", () => {
  const outcomes = (receipts: readonly Receipt[], element: string) =>
    receipts.filter((it) => it.element === element && it.resultSequence > 0).map(({ outcome }) => outcome);

  it.each([
    ["refuses the status", "!351", "REFUSED", false],
    ["throws at the status", "throw", "THREW", false],
    ["says nothing at the status", "silent", "SILENT", false],
  ])("%s: the result is not taken, and the receipt says so", (_what, answer, outcome, taken) => {
    const { host, receipts } = lms(scorm12Dialect, {
      odd: (method, element) => (method === "set" && element.endsWith("lesson_status") ? answer : undefined),
    });
    host.initialize();
    host.begin("cmt1.token", options);
    host.tell(told(3, passed));
    host.finish(true);
    expect(outcomes(receipts, "cmi.core.lesson_status")).toEqual([outcome]);
    expect(host.hasTaken).toBe(taken);
  });

  it("has taken a result whose least important parts it does not know", () => {
    const { host, receipts } = lms(scorm12Dialect, {
      odd: (method, element) => (method === "set" && /min|max|location|exit/.test(element) ? "!401" : undefined),
    });
    host.initialize();
    host.begin("cmt1.token", options);
    host.tell(told(1, passed));
    host.finish(true);
    expect(host.hasTaken).toBe(true);
    expect(outcomes(receipts, "cmi.core.score.min")).toEqual(["TOLERATED"]);
  });

  it("has not taken a result that it would not commit", () => {
    const { host, receipts } = lms(scorm2004Dialect, {
      odd: (method) => (method === "commit" ? "!391" : undefined),
    });
    host.initialize();
    host.begin("cmt1.token", options);
    host.tell(told(1, passed));
    host.finish(true);
    expect(host.hasTaken).toBe(false);
    expect(receipts.filter(({ call }) => call === "Commit").at(-1)).toMatchObject({
      outcome: "REFUSED",
      errorCode: "391",
      errorText: "error 391",
      resultSequence: 1,
    });
  });

  it("may refuse to begin and still name the learner; when it names nobody, the course does not begin", () => {
    const refuses = (method: string) => (method === "initialize" ? "!999" : undefined);
    const works = lms(scorm12Dialect, { values: { "cmi.core.student_id": "ana" }, odd: refuses });
    expect(works.host.initialize()).toBe(true);
    expect(lms(scorm12Dialect, { odd: refuses }).host.initialize()).toBe(false);
    const twice = (method: string) => (method === "initialize" ? "!101" : undefined);
    expect(lms(scorm12Dialect, { odd: twice }).host.initialize()).toBe(true);
  });

  it("breaks at every call and harms nobody", () => {
    const { host, receipts } = lms(scorm12Dialect, {
      odd: (method) => (method === "initialize" ? undefined : "throw"),
    });
    host.initialize();
    expect(host.learner()).toEqual({ id: "", name: "", language: "" });
    host.begin("cmt1.token", options);
    host.tell(told(1, passed));
    host.finish(false);
    expect(new Set(receipts.slice(1).map(({ outcome }) => outcome))).toEqual(new Set(["THREW"]));
    expect(receipts.at(-1)?.errorText).toContain("the host broke");
  });
});

it("keeps names out of receipts", () => {
  const { host, receipts } = lms(scorm12Dialect, {
    values: { "cmi.core.student_id": "ana", "cmi.core.student_name": "Silva, Ana" },
  });
  host.initialize();
  expect(host.learner()).toMatchObject({ id: "ana", name: "Silva, Ana" });
  expect(JSON.stringify(receipts)).not.toMatch(/Silva|"ana"/);
});
