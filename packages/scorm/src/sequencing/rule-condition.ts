import type { Activity, Objective } from "./activity-index.ts";
import type { ConditionName } from "./activity-tree.ts";
import { type Draft, trackingOf } from "./draft.ts";
import { isCompleted, isSatisfied, readObjective } from "./objective-status.ts";
import type { Truth } from "./trace.ts";

/**
 * The value of one condition of a sequencing rule or a roll-up rule (SN 3.4.1, 3.7.3; the "Evaluate the rule condition" step of UP.2.1 and
 * RB.1.4.1). `undefined` is Unknown: nothing is known that could decide.
 */
export function conditionValue(
  draft: Draft,
  activity: Activity,
  condition: ConditionName,
  objective: Objective,
  measureThreshold: number,
): Truth {
  // Nothing is recorded of an activity that is not tracked, nor does it see what global objectives know.
  if (!activity.deliveryControls.tracked)
    return isKnownQuestion(condition) ? false : condition === "always" || undefined;
  switch (condition) {
    case "always":
      return true;
    case "satisfied":
      return isSatisfied(draft, activity, objective);
    case "objectiveStatusKnown":
      return isSatisfied(draft, activity, objective) !== undefined;
    case "objectiveMeasureKnown":
      return readObjective(draft, activity, objective, "measure") !== undefined;
    case "objectiveMeasureGreaterThan": {
      const measure = readObjective(draft, activity, objective, "measure");
      return measure === undefined ? undefined : measure > measureThreshold;
    }
    case "objectiveMeasureLessThan": {
      const measure = readObjective(draft, activity, objective, "measure");
      return measure === undefined ? undefined : measure < measureThreshold;
    }
    case "completed":
      return isCompleted(draft, activity, objective);
    case "activityProgressKnown":
      return isCompleted(draft, activity, objective) !== undefined;
    case "attempted":
      return trackingOf(draft, activity).attemptCount > 0;
    case "attemptLimitExceeded": {
      const limit = activity.definition.sequencing?.limitConditions?.attemptLimit;
      return limit === undefined ? undefined : trackingOf(draft, activity).attemptCount >= limit;
    }
    case "timeLimitExceeded":
      return timeLimitExceeded(draft, activity);
    case "outsideAvailableTimeRange":
      return outsideAvailableTimeRange(draft, activity);
  }
}

function isKnownQuestion(condition: ConditionName): boolean {
  return condition.endsWith("Known") || condition === "attempted";
}

/** Whether any limit of duration is reached; undefined without such a limit. */
export function timeLimitExceeded(draft: Draft, activity: Activity): Truth {
  const limits = activity.definition.sequencing?.limitConditions;
  if (limits === undefined) return undefined;
  const tracking = trackingOf(draft, activity);
  const running = tracking.activeSince === undefined ? 0 : (draft.environment.now - tracking.activeSince) / 1000;
  const pairs: readonly (readonly [limit: number | undefined, used: number])[] = [
    [limits.attemptAbsoluteDurationLimit, (tracking.attemptAbsoluteDuration ?? 0) + running],
    [limits.attemptExperiencedDurationLimit, tracking.attemptExperiencedDuration ?? 0],
    [limits.activityAbsoluteDurationLimit, (tracking.activityAbsoluteDuration ?? 0) + running],
    [limits.activityExperiencedDurationLimit, tracking.activityExperiencedDuration ?? 0],
  ];
  const given = pairs.filter(([limit]) => limit !== undefined);
  return given.length === 0 ? undefined : given.some(([limit = 0, used]) => used >= limit);
}

/** Whether now is before the begin or after the end that the manifest gives; undefined when it gives neither. */
export function outsideAvailableTimeRange(draft: Draft, activity: Activity): Truth {
  const { beginTimeLimit, endTimeLimit } = activity.definition.sequencing?.limitConditions ?? {};
  if (beginTimeLimit === undefined && endTimeLimit === undefined) return undefined;
  const { now } = draft.environment;
  return now < (beginTimeLimit ?? Number.NEGATIVE_INFINITY) || now > (endTimeLimit ?? Number.POSITIVE_INFINITY);
}

/** Three-valued "and" or "or" (UP.2.1 and RB.1.4.1, "Apply the Condition Combination"). No values make Unknown. */
export function combined(combination: "all" | "any", values: readonly Truth[]): Truth {
  if (values.length === 0) return undefined;
  const decisive = combination === "any";
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}
