import { expect, it } from "vitest";
import { foldJournal } from "../instance12/fold-journal.ts";
import { emptyInstance, type InstanceState } from "../instance12/instance-state.ts";
import { launchOf, outlineOf, scoOf } from "../instance12/testing/course.ts";
import type { JournalCall, JournalMethod } from "../journal/journal-call.ts";
import { activityChanges } from "./activity-changes.ts";
import { piecesToTell } from "./pieces-to-tell.ts";
import { standingChanges12 } from "./standing12.ts";

const outline = outlineOf(scoOf("A", { masteryScore: "80" }), "B");
type Act = readonly [method: JournalMethod, element?: string, value?: string, activity?: string];

const q = (index: number, field: string, value: string): Act => [
  "SetValue",
  `cmi.interactions.${index}.${field}`,
  value,
];
const set = (element: string, value: string): Act => ["SetValue", `cmi.core.${element}`, value];
const go = (to: string): Act => ["Navigate", "choice", to];

/** What is told of some calls that arrive in one or many deliveries. */
function told(...deliveries: readonly (readonly Act[])[]): string[] {
  let state: InstanceState = emptyInstance;
  let seq = 0;
  const story: string[] = [];
  for (const acts of deliveries) {
    const calls = acts.map(([method, element = "", value = "", activity = "A"]): JournalCall => {
      seq += 1;
      return { seq, at: seq, activity, method, element, value, result: "true", error: "0" };
    });
    for (const piece of piecesToTell(calls) ?? [calls]) {
      const next = foldJournal(outline, launchOf("L1"), state, piece).state;
      for (const { activity, before, after } of standingChanges12(outline, state, next)) {
        for (const change of activityChanges(before, after)) {
          const more = change.kind === "answered" ? ` ${change.interaction.id}=${change.interaction.response}` : "";
          story.push(`${activity} ${change.kind}${more}`);
        }
      }
      state = next;
    }
  }
  return story;
}

const answer = (index: number, id: string, response: string): Act[] => [
  q(index, "id", id),
  q(index, "type", "choice"),
  q(index, "student_response", response),
  q(index, "result", "correct"),
];

it("tells a session with its answers and its status, once, in order", () => {
  const story = told([
    go("A"),
    ["Initialize"],
    ...answer(0, "q1", "a"),
    ...answer(1, "q2", "b"),
    set("score.raw", "90"),
    set("lesson_status", "completed"),
    ["Commit"],
    ["Terminate"],
  ]);
  const passed = ["A answered q1=a", "A answered q2=b", "A completed", "A passed", "A terminated"];
  expect(story).toEqual(["A initialized", ...passed]);
});

it("tells the same when every call is delivered alone, apart from answers that are still being written", () => {
  const acts = [go("A"), ["Initialize"], set("lesson_status", "failed"), ["Commit"], ["Terminate"]] as const;
  expect(told(...acts.map((act) => [act as Act]))).toEqual(told(acts as readonly Act[]));
});

it("tells an answer again when it differs, and not when the same is written again", () => {
  const again = [...answer(0, "q1", "a"), ["Commit"]] as const;
  const other = [q(0, "student_response", "b"), ["Commit"]] as const;
  expect(told([go("A"), ["Initialize"]], [...again] as Act[], [...again] as Act[], [...other] as Act[])).toEqual([
    "A initialized",
    "A answered q1=a",
    "A answered q1=b",
  ]);
});

it("loses no answer of a course that writes all its questions to the same index", () => {
  expect(told([go("A"), ["Initialize"], ...answer(0, "q1", "a"), ...answer(0, "q2", "b")])).toEqual([
    "A initialized",
    "A answered q1=a",
    "A answered q2=b",
  ]);
});

it("tells of an interaction without answer only when the answer comes", () => {
  expect(told([go("A"), ["Initialize"], q(0, "id", "q1"), ["Commit"]], [q(0, "result", "wrong"), ["Commit"]])).toEqual([
    "A initialized",
    "A answered q1=",
  ]);
});

it("tells a suspended session, and that the next goes on", () => {
  const once = [["Initialize"], set("lesson_status", "incomplete"), set("exit", "suspend"), ["Terminate"]] as Act[];
  expect(told([go("A"), ...once], [go("A"), ["Initialize"]])).toEqual(["A initialized", "A suspended", "A resumed"]);
});

it("tells the end of a session that was left without LMSFinish", () => {
  const story = told([go("A"), ["Initialize"], set("score.raw", "20"), go("B")]);
  expect(story).toEqual(["A initialized", "A failed", "A terminated"]);
});

it("has nothing to tell of bookmarks and times", () => {
  const calls = ["cmi.core.lesson_location", "cmi.core.session_time", "cmi.suspend_data", "cmi.core.score.raw"].map(
    (element, index): JournalCall => {
      return {
        seq: index + 1,
        at: 1,
        activity: "A",
        method: "SetValue",
        element,
        value: "1",
        result: "true",
        error: "0",
      };
    },
  );
  expect(piecesToTell(calls)).toBeUndefined();
});
