import type { Activity } from "../activity-index.ts";
import { pathFromRoot } from "../activity-path.ts";
import { type Draft, enter, raise, setTracking, trackingOf } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import { markDescendantsStale } from "../rollup/stale-tracking.ts";
import type { ActivityTracking } from "../tracking.ts";
import { terminateDescendentAttempts } from "../utility/up-3-terminate-descendent-attempts.ts";
import { clearSuspendedActivity } from "./db-2-1-clear-suspended-activity.ts";

/** DB.2 Content Delivery Environment Process. Begins or resumes attempts down to the activity and makes it the current one. */
export function contentDeliveryEnvironment(
  draft: Draft,
  activity: Activity,
): { readonly resumed: boolean } | { readonly exception: ExceptionCode } {
  enter(draft, "DB.2", activity);
  // 1. The attempt before must have ended.
  if (draft.current !== undefined && trackingOf(draft, draft.current).active) return raise(draft, "DB.2-1");
  // 2. Forget what was suspended, unless it is what is delivered.
  const resumed = trackingOf(draft, activity).suspended;
  if (activity !== draft.suspended) clearSuspendedActivity(draft, activity);
  // 3. End the attempts on clusters that are left.
  terminateDescendentAttempts(draft, activity);
  // 4. and 5. Begin an attempt on everything from the root down that is not active.
  for (const at of pathFromRoot(activity)) {
    if (!trackingOf(draft, at).active) begin(draft, at);
  }
  // 6. The activity is the current one, and nothing is left to be resumed.
  draft.current = activity;
  draft.suspended = undefined;
  return { resumed };
}

function begin(draft: Draft, activity: Activity): void {
  const tracking = trackingOf(draft, activity);
  const activeSince = draft.environment.now;
  // 5.1.1.1 A suspended attempt goes on; 5.1.1.2 otherwise a new one begins with nothing known.
  if (tracking.suspended || !activity.deliveryControls.tracked) {
    const { reportedSessionTime: _, ...kept } = tracking;
    setTracking(draft, activity, { ...kept, suspended: false, active: true, activeSince });
    return;
  }
  const fresh: ActivityTracking = {
    active: true,
    suspended: false,
    attemptCount: tracking.attemptCount + 1,
    objectives: activity.objectives.map(() => ({})),
    activeSince,
    ...(tracking.availableChildren && { availableChildren: tracking.availableChildren }),
    ...(tracking.activityAbsoluteDuration !== undefined && {
      activityAbsoluteDuration: tracking.activityAbsoluteDuration,
    }),
    ...(tracking.activityExperiencedDuration !== undefined && {
      activityExperiencedDuration: tracking.activityExperiencedDuration,
    }),
  };
  setTracking(draft, activity, fresh);
  if (tracking.attemptCount > 0) markDescendantsStale(draft, activity);
}
