import type { Activity } from "../activity-index.ts";
import { availableChildren, changeTracking, type Draft, enter, setTracking, trackingOf } from "../draft.ts";
import { isCompleted, isSatisfied, measureDecides, readObjective, writeObjective } from "../objective-status.ts";
import { overallRollup } from "../rollup/rb-1-5-overall-rollup.ts";
import { randomizeChildren } from "../selection/sr-2-randomize-children.ts";
import type { ActivityTracking } from "../tracking.ts";

/** UP.4 End Attempt Process. */
export function endAttempt(draft: Draft, activity: Activity): void {
  enter(draft, "UP.4", activity);
  // 1. A leaf: what content left open is decided for it.
  if (activity.children.length === 0) {
    if (activity.deliveryControls.tracked && !trackingOf(draft, activity).suspended) endLeafAttempt(draft, activity);
  } else {
    // 2. A cluster is suspended when one of its children is.
    const suspended = availableChildren(draft, activity).some((child) => trackingOf(draft, child).suspended);
    changeTracking(draft, activity, { suspended });
  }
  // 3. The activity is no longer active.
  setTracking(draft, activity, stopped(trackingOf(draft, activity), draft.environment.now));
  // A measure that could not decide while the activity was active decides now, also for global objectives (RB.1.2.a).
  if (activity.deliveryControls.tracked) settleByMeasure(draft, activity);
  // 4. Roll up.
  overallRollup(draft, activity);
  // SR.2 stands in the book without a caller; the order for the next attempt is drawn when one has ended.
  if (activity.children.length > 0 && !trackingOf(draft, activity).suspended) {
    randomizeChildren(draft, activity, "onEachNewAttempt");
  }
}

function endLeafAttempt(draft: Draft, activity: Activity): void {
  const { deliveryControls, primaryObjective } = activity;
  const { completionWithheld, successWithheld } = trackingOf(draft, activity);
  // 1.1.1.1 Unless content answers for it, an attempt without a completion status counts as completed.
  if (!deliveryControls.completionSetByContent && !completionWithheld && isCompleted(draft, activity) === undefined) {
    writeObjective(draft, "UP.4", activity, primaryObjective, { completed: true });
  }
  // 1.1.1.2 Likewise a primary objective without a status counts as satisfied.
  if (
    !deliveryControls.objectiveSetByContent &&
    !successWithheld &&
    !primaryObjective.satisfiedByMeasure &&
    isSatisfied(draft, activity, primaryObjective) === undefined
  ) {
    writeObjective(draft, "UP.4", activity, primaryObjective, { satisfied: true });
  }
}

function settleByMeasure(draft: Draft, activity: Activity): void {
  for (const objective of activity.objectives) {
    if (!objective.satisfiedByMeasure || !measureDecides(draft, activity, objective)) continue;
    const measure = readObjective(draft, activity, objective, "measure");
    if (measure === undefined) continue;
    writeObjective(draft, "UP.4", activity, objective, {
      measure,
      satisfied: measure >= objective.minNormalizedMeasure,
    });
  }
}

/** Tracking data of an activity that is no longer active, with the time it was. */
export function stopped(tracking: ActivityTracking, now: number): ActivityTracking {
  const { activeSince, ...rest } = tracking;
  if (activeSince === undefined) return { ...rest, active: false };
  const seconds = Math.max(0, (now - activeSince) / 1000);
  return {
    ...rest,
    active: false,
    attemptAbsoluteDuration: (tracking.attemptAbsoluteDuration ?? 0) + seconds,
    activityAbsoluteDuration: (tracking.activityAbsoluteDuration ?? 0) + seconds,
  };
}
