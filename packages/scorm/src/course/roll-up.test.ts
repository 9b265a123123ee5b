import { describe, expect, it } from "vitest";
import { emptyInstance, type InstanceState } from "../instance12/instance-state.ts";
import { Scorm12Api } from "../instance12/scorm12-api.ts";
import { launchOf, outlineOf, scoOf } from "../instance12/testing/course.ts";
import { availableActivities } from "./available-activities.ts";
import type { ActivityOutline, CourseOutline } from "./course-outline.ts";
import { defaultRollUp, rollUp } from "./roll-up.ts";

const asset: ActivityOutline = { ...scoOf("ASSET"), launch: { href: "a.pdf", type: "asset" } };

/** Plays sessions one after the other, each setting some elements. */
function played(
  outline: CourseOutline,
  ...sessions: readonly (readonly [string, Readonly<Record<string, string>>, boolean?])[]
): InstanceState {
  const api = new Scorm12Api(outline, launchOf("1"), emptyInstance, () => {});
  for (const [activity, values, open] of sessions) {
    api.navigate("choice", activity);
    api.LMSInitialize("");
    for (const [name, value] of Object.entries(values)) api.LMSSetValue(`cmi.core.${name}`, value);
    if (!open) api.LMSFinish("");
  }
  return api.state();
}

describe("rollUp", () => {
  it("knows nothing about a course that nobody opened", () => {
    expect(rollUp(outlineOf("A", "B"), emptyInstance)).toEqual({
      completion: "unknown",
      success: "unknown",
      totalSeconds: 0,
      progress: 0,
      activitiesCompleted: 0,
      activityCount: 2,
    });
  });

  it("gives the only SCO's own score", () => {
    const outline = outlineOf("A");
    const state = played(outline, [
      "A",
      { lesson_status: "passed", "score.raw": "18", "score.max": "20", session_time: "00:01:30.5" },
    ]);
    expect(rollUp(outline, state)).toEqual({
      completion: "complete",
      success: "passed",
      score: { raw: 18, min: 0, max: 20, scaled: 0.9 },
      totalSeconds: 90.5,
      progress: 1,
      activitiesCompleted: 1,
      activityCount: 1,
    });
  });

  it("averages the scores that were reported, each on its own scale", () => {
    const outline = outlineOf("A", "B", "C");
    const state = played(
      outline,
      ["A", { lesson_status: "passed", "score.raw": "10", "score.max": "10" }],
      ["B", { lesson_status: "completed", "score.raw": "50" }],
      ["C", { lesson_status: "completed" }],
    );
    expect(rollUp(outline, state)).toMatchObject({
      completion: "complete",
      success: "passed",
      score: { raw: 75, scaled: 0.75 },
    });
    expect(rollUp(outline, state, { ...defaultRollUp, score: "highest" }).score?.raw).toBe(100);
    expect(rollUp(outline, state, { ...defaultRollUp, score: "averageOfAll" }).score?.raw).toBe(50);
  });

  it("is failed as soon as one SCO is, and passed only when all is done", () => {
    const outline = outlineOf("A", "B");
    expect(rollUp(outline, played(outline, ["A", { lesson_status: "failed" }]))).toMatchObject({
      completion: "incomplete",
      success: "failed",
    });
    expect(rollUp(outline, played(outline, ["A", { lesson_status: "passed" }]))).toMatchObject({
      completion: "incomplete",
      success: "unknown",
      progress: 0.5,
    });
  });

  it("counts a failed SCO as completed unless told otherwise", () => {
    const outline = outlineOf("A");
    const state = played(outline, ["A", { lesson_status: "failed" }]);
    expect(rollUp(outline, state).completion).toBe("complete");
    expect(rollUp(outline, state, { ...defaultRollUp, failedIsCompleted: false }).completion).toBe("incomplete");
  });

  it("counts an asset once it was opened", () => {
    const outline = outlineOf("A", asset);
    const state = played(outline, ["A", { lesson_status: "completed" }], ["ASSET", {}]);
    expect(rollUp(outline, state)).toMatchObject({ completion: "complete", activitiesCompleted: 2 });
  });

  it("includes the time of the session that still runs", () => {
    const outline = outlineOf("A");
    expect(rollUp(outline, played(outline, ["A", { session_time: "00:00:30" }, true])).totalSeconds).toBe(30);
  });

  it("leaves the result alone in a session without credit", () => {
    const outline = outlineOf("A");
    const passed = played(outline, ["A", { lesson_status: "passed", "score.raw": "80" }]);
    const api = new Scorm12Api(outline, launchOf("2", { credit: "no-credit" }), passed, () => {});
    api.navigate("choice", "A");
    api.LMSInitialize("");
    api.LMSSetValue("cmi.core.lesson_status", "failed");
    api.LMSSetValue("cmi.core.score.raw", "1");
    expect(rollUp(outline, api.state())).toMatchObject({ success: "passed", score: { raw: 80 } });
    api.LMSFinish("");
    expect(rollUp(outline, api.state())).toMatchObject({ success: "passed", score: { raw: 80 } });
  });
});

describe("availableActivities", () => {
  const block: ActivityOutline = {
    identifier: "BLOCK",
    title: "Block",
    visible: true,
    scorm12: { prerequisites: "A" },
    children: [scoOf("B"), scoOf("C", { prerequisites: "B=passed" })],
  };
  const outline = outlineOf("A", block, scoOf("D", { prerequisites: "BLOCK" }), scoOf("E", { prerequisites: "((" }));
  const available = (state: InstanceState) =>
    availableActivities(outline, state)
      .filter((activity) => activity.available)
      .map(({ identifier }) => identifier);

  it("opens activities as those before them are done", () => {
    expect(available(emptyInstance)).toEqual(["A", "E"]);
    expect(available(played(outline, ["A", {}]))).toEqual(["A", "B", "E"]);
    expect(available(played(outline, ["A", {}], ["B", { lesson_status: "completed" }]))).toEqual(["A", "B", "E"]);
    expect(available(played(outline, ["A", {}], ["B", { lesson_status: "passed" }]))).toEqual(["A", "B", "C", "E"]);
    expect(available(played(outline, ["A", {}], ["B", { lesson_status: "passed" }], ["C", {}]))).toEqual([
      "A",
      "B",
      "C",
      "D",
      "E",
    ]);
  });

  it("says what is not met, the clusters' conditions first", () => {
    expect(availableActivities(outline, emptyInstance).find(({ identifier }) => identifier === "C")?.unmet).toEqual([
      "A",
      "B=passed",
    ]);
  });
});
