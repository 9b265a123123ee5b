import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CourseOutline } from "../course/course-outline.ts";
import { rollUp } from "../course/roll-up.ts";
import type { JournalCall } from "../journal/journal-call.ts";
import { closeLaunch, foldJournal } from "./fold-journal.ts";
import { emptyInstance, type InstanceState } from "./instance-state.ts";
import type { LaunchContext } from "./launch-context.ts";
import { Scorm12Api } from "./scorm12-api.ts";
import { launchOf, outlineOf, scoOf } from "./testing/course.ts";

/** Plays a launch through the player's API and gives its journal and the state that the player sees. */
function play(outline: CourseOutline, launch: LaunchContext, state: InstanceState, script: (api: Scorm12Api) => void) {
  const calls: JournalCall[] = [];
  const api = new Scorm12Api(outline, launch, state, (call) => {
    calls.push({ ...call, seq: calls.length + 1, at: 1_700_000_000_000 + calls.length });
  });
  script(api);
  return { calls, state: { ...api.state(), seq: calls.length } };
}

const course = outlineOf(scoOf("A", { masteryScore: "80" }), "B");

const element = fc.constantFrom(
  "cmi.core.lesson_status",
  "cmi.core.lesson_location",
  "cmi.core.score.raw",
  "cmi.core.exit",
  "cmi.core.session_time",
  "cmi.suspend_data",
  "cmi.comments",
  "cmi.objectives.0.id",
  "cmi.objectives.1.status",
  "cmi.interactions.0.id",
  "cmi.interactions.0.type",
  "cmi.interactions.1.student_response",
  "cmi.interactions.0.objectives.0.id",
  "cmi.interactions.0.correct_responses.0.pattern",
  "cmi.core.student_id",
  "cmi.core._children",
  "cmi.core",
  "cmi.bogus",
);
const value = fc.constantFrom(
  "",
  "completed",
  "incomplete",
  "failed",
  "suspend",
  "85",
  "101",
  "00:01:02.5",
  "choice",
  "a",
  "x".repeat(300),
);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant("set" as const), element, value) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("get" as const), element, value) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("initialize" as const), element, fc.constantFrom("", "", "", "x")) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("finish" as const), element, fc.constantFrom("", "", "x")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("commit" as const), element, fc.constant("")) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("navigate" as const), element, fc.constantFrom("A", "B", "", "C")) },
);
const steps = fc.array(step, { maxLength: 40 });
const terms = fc.record({
  mode: fc.constantFrom("normal", "browse", "review"),
  credit: fc.constantFrom("credit", "no-credit"),
} as const);

function perform(api: Scorm12Api, [kind, name, text]: readonly [string, string, string]) {
  if (kind === "set") api.LMSSetValue(name, text);
  else if (kind === "get") api.LMSGetValue(name);
  else if (kind === "initialize") api.LMSInitialize(text);
  else if (kind === "finish") api.LMSFinish(text);
  else if (kind === "commit") api.LMSCommit(text);
  else api.navigate(text === "" ? "exit" : "choice", text);
}

const throughJson = <T>(plain: T): T => JSON.parse(JSON.stringify(plain));

describe("foldJournal", () => {
  it("gives the state that the player has, whatever was called, in one piece, split anywhere, and through JSON", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(terms, steps), { minLength: 1, maxLength: 3 }), fc.nat(), (launches, cut) => {
        let state = emptyInstance;
        launches.forEach(([term, script], number) => {
          const launch = launchOf(`L${number}`, term);
          const played = play(course, launch, state, (api) => {
            api.navigate("choice", "A");
            for (const call of script) perform(api, call);
          });
          const whole = foldJournal(course, launch, state, played.calls);
          expect(whole.differences).toEqual([]);
          expect(whole.state).toEqual(played.state);
          const at = cut % (played.calls.length + 1);
          const half = foldJournal(course, launch, throughJson(state), throughJson(played.calls.slice(0, at)));
          const rest = foldJournal(course, launch, throughJson(half.state), played.calls);
          expect(rest.state).toEqual(whole.state);
          let one = state;
          for (const call of played.calls) one = foldJournal(course, launch, one, [call]).state;
          expect(one).toEqual(whole.state);
          state = whole.state;
        });
      }),
      { numRuns: 150 },
    );
  });

  it("changes nothing of the state that it was given", () => {
    const launch = launchOf("1");
    const first = play(course, launch, emptyInstance, (api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
      api.LMSSetValue("cmi.interactions.0.id", "q1");
    });
    const before = foldJournal(course, launch, emptyInstance, first.calls).state;
    const copy = throughJson(before);
    foldJournal(course, launch, before, [
      {
        seq: 4,
        at: 0,
        activity: "A",
        method: "SetValue",
        element: "cmi.interactions.0.result",
        value: "wrong",
        result: "true",
        error: "0",
      },
    ]);
    expect(before).toEqual(copy);
  });

  it("keeps the identity of every activity that the calls did not touch, and of the state's texts", () => {
    const launch = launchOf("1");
    const { calls } = play(course, launch, emptyInstance, (api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
      api.LMSSetValue("cmi.suspend_data", "s".repeat(100_000));
      api.navigate("choice", "B");
      api.LMSInitialize("");
    });
    const { state } = foldJournal(course, launch, emptyInstance, calls);
    const again = foldJournal(course, launch, state, []).state;
    expect(again.activities.A).toBe(state.activities.A);
    expect(again.activities.B).toBe(state.activities.B);
  });

  it("tells which answers of the journal the core would not have given", () => {
    const launch = launchOf("1");
    const { calls } = play(course, launch, emptyInstance, (api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
      api.LMSSetValue("cmi.core.score.raw", "150");
    });
    const forged = calls.map((call) => (call.method === "SetValue" ? { ...call, result: "true", error: "0" } : call));
    expect(foldJournal(course, launch, emptyInstance, forged).differences).toEqual([
      {
        seq: 3,
        method: "SetValue",
        element: "cmi.core.score.raw",
        recorded: { result: "true", error: "0" },
        answered: { result: "false", error: "405" },
      },
    ]);
  });

  it("refuses a journal with a call missing", () => {
    const launch = launchOf("1");
    const { calls } = play(course, launch, emptyInstance, (api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
    });
    expect(() => foldJournal(course, launch, emptyInstance, calls.slice(1))).toThrow(RangeError);
  });

  it("closes what an earlier launch left open, on that launch's terms, when a new one begins", () => {
    const first = launchOf("1");
    const { calls } = play(course, first, emptyInstance, (api) => {
      api.navigate("choice", "A");
      api.LMSInitialize("");
      api.LMSSetValue("cmi.core.score.raw", "90");
      api.LMSSetValue("cmi.core.session_time", "00:10:00");
    });
    const open = foldJournal(course, first, emptyInstance, calls).state;
    const next = foldJournal(course, launchOf("2", { mode: "review", credit: "no-credit" }), open, []).state;
    expect(next.activities.A).toMatchObject({ ended: "close", totalCentiseconds: 60_000 });
    expect(next.activities.A?.values["cmi.core.lesson_status"]).toBe("passed");
    expect(next.activities.A?.session).toBeUndefined();
    expect(next.activities.A).toEqual(closeLaunch(course, first, open).activities.A);
  });

  it("plays activities whose identifiers are names of JavaScript", () => {
    const outline = outlineOf("constructor", "__proto__");
    const launch = launchOf("1");
    const { calls, state } = play(outline, launch, emptyInstance, (api) => {
      for (const identifier of ["constructor", "__proto__"]) {
        api.navigate("choice", identifier);
        expect(api.LMSInitialize("")).toBe("true");
        expect(api.LMSGetValue("cmi.core.entry")).toBe("ab-initio");
        api.LMSSetValue("cmi.core.lesson_status", "passed");
      }
    });
    expect(throughJson(foldJournal(outline, launch, throughJson(emptyInstance), calls).state)).toEqual(
      throughJson(state),
    );
    expect(rollUp(outline, throughJson(state))).toMatchObject({ completion: "complete", success: "passed" });
  });

  it("does not open an activity that the course does not have", () => {
    const launch = launchOf("1");
    const call: JournalCall = {
      seq: 1,
      at: 0,
      activity: "X",
      method: "Initialize",
      element: "",
      value: "",
      result: "true",
      error: "0",
    };
    const { state, differences } = foldJournal(course, launch, emptyInstance, [call]);
    expect(state.activities).toEqual({});
    expect(differences).toHaveLength(1);
  });
});
