import type { Activity } from "../activity-index.ts";
import { type Draft, enter, trackingOf } from "../draft.ts";
import { outsideAvailableTimeRange, timeLimitExceeded } from "../rule-condition.ts";
import type { LimitDecision } from "../trace.ts";

/** UP.1 Limit Conditions Check Process. True when a limit of the activity is reached. */
export function limitConditionsCheck(draft: Draft, activity: Activity): boolean {
  // 1. Nothing is recorded for an activity that is not tracked, so no limit can be reached.
  if (!activity.deliveryControls.tracked) return false;
  const limits = activity.definition.sequencing?.limitConditions;
  if (limits === undefined) return false;
  enter(draft, "UP.1", activity);
  const tracking = trackingOf(draft, activity);
  // 2. Going on with an attempt is no new attempt.
  if (tracking.active || tracking.suspended) return false;
  // 3. The attempt limit.
  const { attemptLimit: allowed } = limits;
  const { attemptCount: attempts } = tracking;
  if (allowed !== undefined && attempts >= allowed)
    return reached(draft, activity, { limit: "attempts", attempts, allowed });
  // 4. to 7. The four durations.
  if (timeLimitExceeded(draft, activity) === true) return reached(draft, activity, { limit: "duration" });
  // 8. and 9. Begin and end.
  return outsideAvailableTimeRange(draft, activity) === true && reached(draft, activity, { limit: "time" });
}

function reached(draft: Draft, activity: Activity, what: Omit<LimitDecision, "process" | "activity">): true {
  draft.trace?.push({ process: "UP.1", activity: activity.identifier, ...what });
  return true;
}
