import { describe, expect, it } from "vitest";
import type { ActivityTree, CompletionThreshold } from "./activity-tree.ts";
import { openSession, prepareCourse } from "./session.ts";
import { step } from "./step.ts";

function thresholdOf(edition: ActivityTree["edition"], completionThreshold: CompletionThreshold): number | undefined {
  const lesson = { identifier: "lesson", title: "Lesson", completionThreshold };
  const root = { identifier: "root", title: "Course", sequencing: { controlMode: { flow: true } }, children: [lesson] };
  const environment = { now: 0, random: () => 0 };
  const [effect] = step(
    openSession(prepareCourse({ edition, root })),
    { navigation: { type: "start" } },
    environment,
  ).effects;
  if (effect?.type !== "deliver") throw new Error("nothing was delivered");
  return effect.delivery.completionThreshold;
}

describe("the completion threshold of what is delivered", () => {
  it("is there in the 4th edition when the measure is to decide, not when an activity is only weighed", () => {
    expect(thresholdOf("4th", { completedByMeasure: true, minProgressMeasure: 0.8 })).toBe(0.8);
    expect(thresholdOf("4th", { completedByMeasure: true })).toBe(1);
    expect(thresholdOf("4th", { progressWeight: 0.1 })).toBeUndefined();
    expect(thresholdOf("4th", { minProgressMeasure: 0.1 })).toBeUndefined();
  });

  it("is the element's own text in the editions before", () => {
    expect(thresholdOf("3rd", { minProgressMeasure: 0.75 })).toBe(0.75);
    expect(thresholdOf("2nd", { progressWeight: 0.1 })).toBeUndefined();
  });
});
