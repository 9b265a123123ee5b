import { describe, expect, it } from "vitest";
import { activityResults2004 } from "./activity-result.ts";
import { closedResult2004 } from "./close-launch.ts";
import { courseResult2004 } from "./course-result.ts";
import { emptyInstance2004 } from "./instance-state.ts";
import { flowTree, launchOf, outlineOf, scoOf } from "./testing/course.ts";
import { Play } from "./testing/play.ts";
import { TestSequencer } from "./testing/sequencer.ts";

const tree = flowTree([
  scoOf("A", { dataMaps: [{ targetId: "t" }] }),
  scoOf("B", { dataMaps: [{ targetId: "t" }] }),
  scoOf("C"),
]);
const outline = outlineOf(tree);

function launched(sequencer = new TestSequencer(outline), state = emptyInstance2004, id = "L1") {
  const play = new Play(outline, launchOf(id), state, sequencer);
  play.navigate("start");
  return play;
}
const elementsOf = ({ calls }: Play) =>
  calls.filter(({ method }) => method === "Navigate").map(({ activity, element, value }) => [activity, element, value]);

describe("the API of a SCORM 2004 launch", () => {
  it("carries out what content asks for when it terminates, and only then", () => {
    const play = launched();
    const { Initialize, SetValue, Terminate } = play.api.api;
    expect(play.api.current).toBe("A");
    Initialize("");
    SetValue("adl.nav.request", "continue");
    expect(elementsOf(play)).toHaveLength(1);
    expect(Terminate("")).toBe("true");
    expect(play.api).toMatchObject({ waiting: true, current: "A", phase: undefined });
    play.hear();
    expect(play.api).toMatchObject({ waiting: false, current: "B", phase: "opened" });
    expect(elementsOf(play)).toEqual([
      ["", "start", ""],
      ["A", "continue", ""],
    ]);
  });

  it("lets the learner's wish go before content's, and exit with a time-out end the course", () => {
    const play = launched();
    play.api.api.Initialize("");
    play.api.api.SetValue("adl.nav.request", "continue");
    play.api.wish = { type: "choice", target: "C" };
    play.api.api.Terminate("");
    play.hear();
    expect(play.api).toMatchObject({ current: "C", wish: undefined });
    play.api.api.Initialize("");
    play.api.api.SetValue("adl.nav.request", "previous");
    play.api.api.SetValue("cmi.exit", "time-out");
    play.api.api.Terminate("");
    play.hear();
    expect(elementsOf(play).at(-1)).toEqual(["C", "exitAll", ""]);
    expect(play.api).toMatchObject({ current: "", answer: { status: "ended" } });
  });

  it("waits for the learner after a Terminate that asks for nothing, and tells sequencing what was achieved", () => {
    const sequencer = new TestSequencer(outline);
    const play = launched(sequencer);
    play.api.api.Initialize("");
    play.api.api.SetValue("cmi.completion_status", "completed");
    play.api.api.Terminate("");
    play.hear();
    expect(play.api).toMatchObject({ waiting: false, current: "A", phase: "terminated" });
    expect(sequencer.answers.at(-1)?.state.activities.A?.objectives[0]).toMatchObject({ completed: true });
    expect(play.api.api.GetValue("cmi.exit")).toBe("");
    expect(play.api.api.GetLastError()).toBe("123");
    play.navigate("continue");
    expect(play.api.current).toBe("B");
  });

  it("answers what may be asked for with what the running SCO has reported so far", () => {
    const map = { targetId: "g", readSatisfiedStatus: true, writeSatisfiedStatus: true };
    const lesson = scoOf("A", { sequencing: { objectives: [{ id: "o", maps: [map] }] } });
    const condition = { condition: "satisfied", operator: "not", objective: "o" } as const;
    const rule = { action: "disabled", combination: "any", conditions: [condition] } as const;
    const test = scoOf("B", { sequencing: { objectives: [{}, { id: "o", maps: [map] }], preConditionRules: [rule] } });
    const locked = outlineOf(flowTree([lesson, test]));
    const play = new Play(locked, launchOf("L1"), emptyInstance2004, new TestSequencer(locked));
    play.navigate("start");
    const { Initialize, SetValue, GetValue } = play.api.api;
    Initialize("");
    SetValue("cmi.success_status", "failed");
    expect(GetValue("adl.nav.request_valid.choice.{target=B}")).toBe("false");
    SetValue("cmi.success_status", "passed");
    expect(GetValue("adl.nav.request_valid.choice.{target=B}")).toBe("true");
  });

  it("leaves an activity that may not be left where it is, without a session", () => {
    const byChoice = outlineOf({ edition: "4th", root: { identifier: "O", title: "", children: [scoOf("A")] } });
    const play = new Play(byChoice, launchOf("L1"), emptyInstance2004, new TestSequencer(byChoice));
    play.navigate("start");
    play.navigate("choice", "A");
    play.navigate("continue");
    const { answer, current, phase } = play.api;
    expect({ current, phase }).toEqual({ current: "A", phase: undefined });
    expect(answer).toMatchObject({ accepted: false, status: "active" });
    play.navigate("closed");
    play.navigate("resumeAll");
    expect(play.api.phase).toBe("opened");
  });

  it("records nothing that the course does not have, before the first start, or while an answer is awaited", () => {
    const play = new Play(outline, launchOf("L1"), emptyInstance2004, new TestSequencer(outline));
    expect(play.api.navigate("continue")).toBe(false);
    expect(play.api.navigate("start")).toBe(true);
    expect(play.api.navigate("exitAll")).toBe(false);
    play.hear();
    expect(play.api.navigate("choice", "nowhere")).toBe(false);
    expect(play.api.navigate("forward")).toBe(false);
    play.api.refuse("opened elsewhere");
    expect(play.api.navigate("continue")).toBe(false);
    expect(play.calls).toHaveLength(1);
  });

  it("takes an answer that comes twice once", () => {
    const sequencer = new TestSequencer(outline);
    const play = launched(sequencer);
    play.navigate("continue");
    play.api.api.Initialize("");
    const answer = sequencer.answers.at(-1);
    expect(answer && play.api.take(answer)).toBeUndefined();
    expect(play.api).toMatchObject({ current: "B", phase: "running" });
  });

  it("resumes what a closed window left, in the next launch, with its data and the shared texts", () => {
    const sequencer = new TestSequencer(outline);
    const first = launched(sequencer);
    first.navigate("continue");
    first.api.api.Initialize("");
    first.api.api.SetValue("cmi.suspend_data", "page 3");
    first.api.api.SetValue("adl.data.0.store", "known");
    first.navigate("closed");
    expect(first.api).toMatchObject({ current: "", answer: { status: "suspended" } });
    const second = launched(sequencer, first.api.state(), "L2");
    expect(second.api).toMatchObject({ current: "B", phase: "opened" });
    second.api.api.Initialize("");
    expect(second.api.api.GetValue("cmi.entry")).toBe("resume");
    expect(second.api.api.GetValue("cmi.suspend_data")).toBe("page 3");
    second.navigate("previous");
    second.api.api.Initialize("");
    expect(second.api.api.GetValue("adl.data.0.store")).toBe("known");
  });

  it("answers request_valid from the newest answer", () => {
    const play = launched();
    play.api.api.Initialize("");
    expect(play.api.api.GetValue("adl.nav.request_valid.continue")).toBe("true");
    expect(play.api.api.GetValue("adl.nav.request_valid.previous")).toBe("false");
    expect(play.api.api.GetValue("adl.nav.request_valid.choice.{target=C}")).toBe("true");
  });

  it("keeps nothing of what is abandoned", () => {
    const sequencer = new TestSequencer(outline);
    const play = launched(sequencer);
    play.api.api.Initialize("");
    play.api.api.SetValue("cmi.completion_status", "completed");
    play.navigate("abandon");
    expect(sequencer.answers.at(-1)?.state.activities.A?.objectives).toEqual([{}]);
  });
});

describe("the result of a SCORM 2004 course", () => {
  it("is the root's roll-up with what the running activity has reported", () => {
    const play = launched();
    expect(courseResult2004(outline, emptyInstance2004)).toMatchObject({ completion: "unknown", activityCount: 3 });
    expect(courseResult2004(outline, play.api.state())).toMatchObject({ completion: "incomplete", progress: 0 });
    const { Initialize, SetValue } = play.api.api;
    for (const activity of ["A", "B", "C"]) {
      expect(play.api.current).toBe(activity);
      Initialize("");
      SetValue("cmi.completion_status", "completed");
      SetValue("cmi.success_status", "passed");
      SetValue("cmi.score.scaled", "0.5");
      SetValue("cmi.session_time", "PT1M30S");
      if (activity !== "C") play.navigate("continue");
    }
    const result = courseResult2004(outline, play.api.state());
    expect(result).toEqual({
      completion: "complete",
      success: "passed",
      score: { raw: 50, min: 0, max: 100, scaled: 0.5 },
      totalSeconds: 270,
      progress: 1,
      activitiesCompleted: 3,
      activityCount: 3,
    });
    play.navigate("exitAll");
    expect(courseResult2004(outline, play.api.state())).toEqual(result);
  });

  it("outlasts a new attempt on the course, until that one says otherwise", () => {
    const one = outlineOf(flowTree([scoOf("A")]));
    const sequencer = new TestSequencer(one);
    const play = new Play(one, launchOf("L1"), emptyInstance2004, sequencer);
    play.navigate("start");
    play.api.api.Initialize("");
    play.api.api.SetValue("cmi.completion_status", "completed");
    play.api.api.SetValue("cmi.success_status", "passed");
    play.api.api.SetValue("cmi.score.scaled", "0.9");
    play.navigate("exitAll");
    const before = courseResult2004(one, play.api.state());
    expect(before).toMatchObject({ completion: "complete", success: "passed", score: { raw: 90 }, progress: 1 });
    const again = new Play(one, launchOf("L2"), play.api.state(), sequencer);
    again.navigate("start");
    expect(again.api.answer?.delivery).toMatchObject({ attempt: 2, resumed: false });
    const { completion, success, score, progress } = before;
    expect(courseResult2004(one, again.api.state())).toMatchObject({ completion, success, score, progress });
    again.api.api.Initialize("");
    again.api.api.SetValue("cmi.success_status", "failed");
    again.navigate("exitAll");
    expect(courseResult2004(one, again.api.state())).toMatchObject({ completion: "complete", success: "failed" });
  });

  it("has full progress once the rules say that the course is completed, whatever was passed over", () => {
    const { root } = flowTree([scoOf("A"), scoOf("B")]);
    const rollupRules = [
      { action: "completed", childActivitySet: "any", conditions: [{ condition: "satisfied" }] },
    ] as const;
    const one = outlineOf({ edition: "4th", root: { ...root, sequencing: { ...root.sequencing, rollupRules } } });
    const play = new Play(one, launchOf("L1"), emptyInstance2004, new TestSequencer(one));
    play.navigate("start");
    play.api.api.Initialize("");
    play.api.api.SetValue("cmi.completion_status", "completed");
    play.api.api.SetValue("cmi.success_status", "passed");
    const result = courseResult2004(one, play.api.state());
    expect(result).toMatchObject({ completion: "complete", progress: 1, activitiesCompleted: 1, activityCount: 2 });
  });

  it("counts neither what is not tracked nor what was not selected", () => {
    const untracked = scoOf("U", { sequencing: { deliveryControls: { tracked: false } } });
    const selection = { timing: "once", count: 1 } as const;
    const cluster = { identifier: "M", title: "M", sequencing: { selection, controlMode: { flow: true } } };
    const pool = { ...cluster, children: [scoOf("S1"), scoOf("S2")] };
    const other = outlineOf(flowTree([untracked, pool]));
    const play = new Play(other, launchOf("L1"), emptyInstance2004, new TestSequencer(other));
    play.navigate("start");
    const { leaves } = activityResults2004(other, play.api.state());
    expect(leaves.filter(({ available }) => available)).toHaveLength(2);
    expect(courseResult2004(other, play.api.state()).activityCount).toBe(1);
  });

  it("is told in the numbers of the only activity that has a score", () => {
    const play = launched();
    play.api.api.Initialize("");
    for (const [name, value] of [
      ["raw", "7"],
      ["min", "0"],
      ["max", "10"],
    ] as const)
      play.api.api.SetValue(`cmi.score.${name}`, value);
    expect(courseResult2004(outline, play.api.state()).score).toEqual({ raw: 7, min: 0, max: 10, scaled: 0.7 });
  });

  it("is, of a closed window, what the setting makes of it", () => {
    const play = launched();
    play.api.api.Initialize("");
    const state = play.api.state();
    expect(closedResult2004(outline, launchOf("L1"), state)).toMatchObject({ completion: "incomplete", progress: 0 });
    const ended = launchOf("L1", { resumeAfterClosedWindow: false });
    expect(closedResult2004(outline, ended, state)).toMatchObject({ progress: 1 / 3 });
  });
});
