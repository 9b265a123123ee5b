import type { Activity, Objective } from "./activity-index.ts";
import { type Draft, trackingOf } from "./draft.ts";
import { isSatisfied, readObjective } from "./objective-status.ts";
import type { DeliveredStatus, Delivery } from "./run-time-input.ts";

/** What the run-time environment needs to know of an activity that is launched (RTE 4.2, where an element is initialized from the manifest or by sequencing). */
export function deliveryOf(draft: Draft, activity: Activity, resumed: boolean): Delivery {
  const { primaryObjective, definition } = activity;
  const { attemptAbsoluteDurationLimit: maxTimeAllowed, attemptAbsoluteDurationLimitText: maxTimeAllowedText } =
    definition.sequencing?.limitConditions ?? {};
  return {
    activity: activity.identifier,
    attempt: trackingOf(draft, activity).attemptCount,
    resumed,
    objectives: activity.objectives.flatMap((objective) =>
      objective.id === undefined ? [] : { id: objective.id, ...statusOf(draft, activity, objective) },
    ),
    ...(primaryObjective.id !== undefined && { primaryObjective: primaryObjective.id }),
    ...(primaryObjective.satisfiedByMeasure && { scaledPassingScore: primaryObjective.minNormalizedMeasure }),
    ...(hasThreshold(draft, activity) && { completionThreshold: activity.minProgressMeasure }),
    ...(maxTimeAllowed !== undefined && { maxTimeAllowed }),
    ...(maxTimeAllowedText !== undefined && { maxTimeAllowedText }),
  };
}

/**
 * Whether the progress measure decides in the SCO's place. In the 4th edition an element with a weight alone only says what the activity counts
 * (RTE 4.2.5, CAM 3.4.1.12); earlier editions know nothing but the threshold.
 */
function hasThreshold(
  { course }: Draft,
  { definition: { completionThreshold }, completedByMeasure }: Activity,
): boolean {
  return course.tree.edition === "4th" ? completedByMeasure : completionThreshold?.minProgressMeasure !== undefined;
}

function statusOf(draft: Draft, activity: Activity, objective: Objective): DeliveredStatus {
  const satisfied = isSatisfied(draft, activity, objective);
  // As it is known, not as this activity's threshold would judge a global amount: ADL case CO-10, launch 2.
  const completed = readObjective(draft, activity, objective, "completed");
  const scoreScaled = readObjective(draft, activity, objective, "measure");
  const progressMeasure = readObjective(draft, activity, objective, "completionAmount");
  const scoreRaw = readObjective(draft, activity, objective, "scoreRaw");
  const scoreMin = readObjective(draft, activity, objective, "scoreMin");
  const scoreMax = readObjective(draft, activity, objective, "scoreMax");
  return {
    ...(satisfied !== undefined && { successStatus: satisfied ? "passed" : "failed" }),
    ...(completed !== undefined && { completionStatus: completed ? "completed" : "incomplete" }),
    ...(scoreScaled !== undefined && { scoreScaled }),
    ...(progressMeasure !== undefined && { progressMeasure }),
    ...(scoreRaw !== undefined && { scoreRaw }),
    ...(scoreMin !== undefined && { scoreMin }),
    ...(scoreMax !== undefined && { scoreMax }),
  };
}
