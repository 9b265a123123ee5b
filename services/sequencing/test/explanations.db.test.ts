import { present } from "@coursemesh/platform/testing/failure.ts";
import { NavigationKind } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { describe, expect, it } from "vitest";
import { preTestCourse } from "./courses.ts";
import { one, registrationOn, sequencingForTests } from "./sequencing-harness.ts";

const here = sequencingForTests();

/** A learner who passes the pre-test, and so goes from it to the summary. */
async function passedPreTest() {
  const jane = registrationOn(here.mine, here.harness.catalog.add(one, preTestCourse));
  await jane.launch();
  await jane.continue({ scoreScaled: 0.9, completionStatus: "completed" });
  const { steps } = await here.mine.owner((it) => it.steps.listSteps({ instanceId: jane.instanceId }));
  return { jane, steps };
}

describe("an explanation", () => {
  it("says which objective skipped an activity, and who satisfied it", async () => {
    const { jane, steps } = await passedPreTest();
    const { instanceId } = jane;
    const request = { instanceId, activityId: "post" };
    const { summary, decisions } = await here.mine.owner((it) => it.activities.explainActivity(request));
    expect(summary).toBe("Post-test skipped: objective obj1 satisfied by Pre-test");
    expect(decisions[0]).toMatchObject({
      activityId: "post",
      process: "UP.2",
      rule: "skip if objective obj1 satisfied",
      facts: [
        { name: "objective obj1 satisfied", value: "yes", stepId: present(steps[1]).id, sourceActivityId: "pre" },
      ],
    });
    const german = await here.mine.owner((it) => it.activities.explainActivity({ ...request, locale: "de-CH" }));
    expect(german.summary).toBe("„Post-test“ übersprungen: Lernziel obj1 erreicht durch „Pre-test“");
  });

  it("tells the state of affairs of an earlier step", async () => {
    const { jane, steps } = await passedPreTest();
    const request = { instanceId: jane.instanceId, activityId: "post", stepId: present(steps[0]).id };
    const { summary } = await here.mine.owner((it) => it.activities.explainActivity(request));
    expect(summary).toBe("Post-test was never begun");
    const tree = await here.mine.owner((it) => it.activities.getActivityTree(request));
    expect(tree.activities.filter(({ current }) => current).map(({ id }) => id)).toEqual(["pre"]);
  });

  it("says why something is delivered and what it was passed for", async () => {
    const { jane } = await passedPreTest();
    const request = { instanceId: jane.instanceId, activityId: "end" };
    const { decisions } = await here.mine.owner((it) => it.activities.explainActivity(request));
    expect(decisions.map(({ sentence }) => sentence)).toEqual([
      "Summary delivered: Continue",
      "Lesson skipped: objective obj1 satisfied by Pre-test",
      "Post-test skipped: objective obj1 satisfied by Pre-test",
    ]);
  });

  it("names the steps on the timeline and every process in them", async () => {
    const { steps } = await passedPreTest();
    expect(steps.map(({ summary }) => summary)).toEqual([
      "Pre-test delivered: Start",
      "Summary delivered: Continue, Lesson skipped, Post-test skipped",
    ]);
    const answer = await here.mine.owner((it) => it.steps.getStep({ id: present(steps[1]).id }));
    expect(answer.processes.map(({ process }) => process)).toEqual(
      expect.arrayContaining(["OP.1", "NB.2.1", "TB.2.3", "UP.4", "RB.1.5", "SB.2.12", "SB.2.7", "UP.2", "DB.2"]),
    );
    expect(answer.changes).toContainEqual(
      expect.objectContaining({ activityId: "", objectiveId: "global1", before: "", after: "true" }),
    );
    expect(answer.controls?.activities.map(({ activityId }) => activityId)).toEqual([
      "course",
      "pre",
      "lesson",
      "post",
      "end",
    ]);
  });

  it("gives the reason why a choice is refused", async () => {
    const { jane } = await passedPreTest();
    const answer = await jane.navigate(NavigationKind.CHOICE, { target: "nowhere" });
    expect([answer.outcome?.exception, answer.outcome?.reason]).toEqual([
      "NB.2.1-11",
      "The target does not exist in the activity tree.",
    ]);
    const { steps } = await here.mine.owner((it) => it.steps.listSteps({ instanceId: jane.instanceId }));
    expect(steps.at(-1)?.summary).toBe("Choice (nowhere) refused: The target does not exist in the activity tree.");
  });
});
