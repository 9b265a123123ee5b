import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { describe, expect, it } from "vitest";
import { courseOf, leaf, preTestCourse } from "./courses.ts";
import { one, registrationOn, sequencingForTests } from "./sequencing-harness.ts";

const here = sequencingForTests();

const questions = Array.from({ length: 8 }, (_, at) => leaf(`q${at}`, `Question ${at}`));
const drawnCourse = courseOf([
  {
    identifier: "test",
    title: "Test",
    sequencing: {
      controlMode: { flow: true },
      selection: { timing: "once", count: 4 },
      randomization: { timing: "onEachNewAttempt", reorderChildren: true },
    },
    children: questions,
  },
]);

/** Walks back and forth over more steps than lie between two snapshots. */
async function longWalk() {
  const jane = registrationOn(here.mine, here.harness.catalog.add(one, drawnCourse));
  await jane.launch();
  for (let turn = 0; turn < 17; turn++) {
    await jane.navigate(NavigationKind.CONTINUE);
    await jane.navigate(NavigationKind.PREVIOUS);
  }
  return jane;
}

describe("a replay", () => {
  it("comes to the same state after every step, drawn questions included", async () => {
    const { instanceId } = await longWalk();
    const answer = await here.mine.owner((it) => it.steps.replaySession({ instanceId }));
    expect([answer.identical, answer.stepsReplayed, answer.storedHash]).toEqual([true, 35n, answer.replayedHash]);
    const part = await here.mine.owner((it) => it.steps.replaySession({ instanceId, untilRevision: 3n }));
    expect([part.identical, part.stepsReplayed]).toEqual([true, 3n]);
  });

  it("shows the first step that differs from what is stored", async () => {
    const { instanceId } = await longWalk();
    const { steps } = await here.mine.owner((it) => it.steps.listSteps({ instanceId }));
    await here.harness.sql("update step set state_hash = decode('00', 'hex') where instance_id = $1 and revision = 5", [
      instanceId,
    ]);
    const answer = await here.mine.owner((it) => it.steps.replaySession({ instanceId }));
    expect([answer.identical, answer.firstDifferenceStepId]).toEqual([false, steps[4]?.id]);
  });

  it("has the tree of every step at hand, on both sides of a snapshot", async () => {
    const { instanceId } = await longWalk();
    const first = await here.mine.owner((it) => it.steps.listSteps({ instanceId, page: { pageSize: 30 } }));
    const pageToken = first.page?.nextPageToken ?? "";
    const rest = await here.mine.owner((it) => it.steps.listSteps({ instanceId, page: { pageSize: 30, pageToken } }));
    const steps = [...first.steps, ...rest.steps];
    expect(steps.map(({ revision }) => Number(revision))).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
    for (const step of [steps[0], steps[30], steps[31], steps[32], steps[34]].map(present)) {
      const { activities } = await here.mine.owner((it) =>
        it.activities.getActivityTree({ instanceId, stepId: step.id }),
      );
      expect(activities.find(({ current }) => current)?.id).toBe(step.activityAfter);
      expect(activities.filter(({ place, depth }) => depth === 2 && place >= 0)).toHaveLength(4);
    }
  });
});

describe("a simulation", () => {
  async function passed() {
    const version = here.harness.catalog.add(one, preTestCourse);
    const jane = registrationOn(here.mine, version);
    await jane.launch();
    await jane.continue({ scoreScaled: 0.7 });
    await jane.navigate(NavigationKind.EXIT_ALL);
    const { instanceId } = jane;
    const simulate = (overrides: object) =>
      here.mine.owner((it) => it.steps.simulateSession({ instanceId, overrides }));
    const { steps } = await here.mine.owner((it) => it.steps.listSteps({ instanceId }));
    return { version, simulate, steps };
  }

  it("without other conditions changes nothing", async () => {
    const { simulate } = await passed();
    const answer = await simulate({});
    expect([answer.summary, answer.firstDifferenceStepId, answer.steps.length]).toEqual([
      "Nothing would have been different.",
      "",
      3,
    ]);
  });

  it("with a higher passing score leads into the lesson, and ends where the learner's way does not fit", async () => {
    const { simulate, steps } = await passed();
    const answer = await simulate({
      passingScores: [{ activityId: "pre", objectiveId: "obj1", scaledPassingScore: 0.8 }],
    });
    expect(answer.firstDifferenceStepId).toBe(steps[1]?.id);
    expect(answer.steps.map(({ activityAfter }) => activityAfter)).toEqual(["pre", "lesson"]);
    expect(answer.summary).toBe(
      "It would have gone differently from here: Lesson delivered: Continue. What the learner did afterwards does not fit any more.",
    );
    expect(answer.activities.find(({ current }) => current)?.id).toBe("lesson");
  });

  it("takes other results, another edition, another seed and another version of the course", async () => {
    const { simulate, steps, version } = await passed();
    const results = [{ stepId: steps[1]?.id, result: { activityId: "pre", scoreScaled: 0.1 } }];
    expect((await simulate({ results })).steps.map(({ activityAfter }) => activityAfter)).toEqual(["pre", "lesson"]);
    const edition = await simulate({ edition: 1, randomSeed: 7n });
    expect(edition.firstDifferenceStepId).toBe("");
    const other = here.harness.catalog.add(
      one,
      courseOf([leaf("pre", "Pre-test"), leaf("end", "End")]),
      version.courseId,
    );
    const { steps: changed } = await simulate({ courseVersionId: other.courseVersionId });
    expect(changed.map(({ activityAfter }) => activityAfter)).toEqual(["pre", "end", ""]);
  });

  it("refuses what the course does not have", async () => {
    const { simulate } = await passed();
    const objective = { activityId: "pre", objectiveId: "nowhere", scaledPassingScore: 0.8 };
    expect((await failure(simulate({ passingScores: [objective] }))).reason).toBe("OVERRIDE_INVALID");
    const stranger = here.harness.catalog.add(one, preTestCourse);
    expect((await failure(simulate({ courseVersionId: stranger.courseVersionId }))).reason).toBe("OVERRIDE_INVALID");
    const result = { stepId: stranger.courseVersionId, result: { activityId: "pre" } };
    expect((await failure(simulate({ results: [result] }))).reason).toBe("OVERRIDE_INVALID");
  });
});
