import { expect, it } from "vitest";
import { emptyInstance2004, type Instance2004State } from "../instance2004/instance-state.ts";
import { flowTree, launchOf, outlineOf, scoOf } from "../instance2004/testing/course.ts";
import { Play } from "../instance2004/testing/play.ts";
import { TestSequencer } from "../instance2004/testing/sequencer.ts";
import { activityChanges } from "./activity-changes.ts";
import { standingChanges2004 } from "./standing2004.ts";

const threshold = { completedByMeasure: true, minProgressMeasure: 0.5 };
const outline = outlineOf(flowTree([scoOf("A1", { completionThreshold: threshold }), scoOf("A2")]));

/** A course that tells what changes with each call; a new launch goes on with what the one before has left. */
function course() {
  const sequencer = new TestSequencer(outline);
  const story: string[] = [];
  let state: Instance2004State = emptyInstance2004;
  let launches = 0;
  let play: Play;
  const tell = (): void => {
    const next = play.api.state();
    for (const { activity, before, after } of standingChanges2004(outline, state, next)) {
      for (const change of activityChanges(before, after)) {
        const more = change.kind === "answered" ? ` ${change.interaction.id}=${change.interaction.response}` : "";
        story.push(`${activity}#${after.attempt}.${after.session} ${change.kind}${more}`);
      }
    }
    state = next;
  };
  return {
    story,
    launch(): void {
      launches += 1;
      play = new Play(outline, launchOf(`L${launches}`), state, sequencer);
      this.go("start");
    },
    go(element: string, target = ""): void {
      play.api.navigate(element, target);
      // An answer opens activities, which is nothing that content does.
      tell();
      play.hear();
      state = play.api.state();
    },
    call(method: "Initialize" | "Terminate" | "Commit"): void {
      play.api.api[method]("");
      tell();
    },
    set(...values: readonly (readonly [element: string, value: string])[]): void {
      for (const [element, value] of values) play.api.api.SetValue(element, value);
      tell();
    },
  };
}

it("tells sessions, answers and statuses in the content's own words, and suspends with the whole course", () => {
  const { story, ...learner } = course();
  learner.launch();
  learner.call("Initialize");
  const answer = ["id", "type", "learner_response"].map((field, at) => {
    return [`cmi.interactions.0.${field}`, ["q1", "choice", "a[,]b"][at] ?? ""] as const;
  });
  learner.set(...answer);
  learner.set(["cmi.success_status", "failed"], ["cmi.score.raw", "3"]);
  learner.go("suspendAll");
  learner.launch();
  learner.call("Initialize");
  learner.set(["cmi.success_status", "passed"]);
  learner.call("Terminate");
  learner.go("continue");
  learner.call("Initialize");
  learner.go("exitAll");
  expect(story).toEqual([
    "A1#1.1 initialized",
    "A1#1.1 answered q1=a[,]b",
    "A1#1.1 failed",
    "A1#1.1 suspended",
    "A1#1.2 resumed",
    "A1#1.2 passed",
    "A1#1.2 terminated",
    "A2#1.1 initialized",
    "A2#1.1 terminated",
  ]);
});

it("tells a completion that the threshold decides once, and not again when the learner comes back", () => {
  const { story, ...learner } = course();
  learner.launch();
  learner.call("Initialize");
  learner.set(["cmi.progress_measure", "0.6"]);
  learner.set(["cmi.exit", "suspend"]);
  learner.call("Terminate");
  learner.go("suspendAll");
  learner.launch();
  learner.call("Initialize");
  expect(story).toEqual(["A1#1.1 initialized", "A1#1.1 completed", "A1#1.1 suspended", "A1#1.2 resumed"]);
});
