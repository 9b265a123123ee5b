import type { Activity } from "../activity-index.ts";
import { commonAncestor, pathUpTo } from "../activity-path.ts";
import { availableChildren, changeTracking, type Draft, enter, trackingOf } from "../draft.ts";

/** DB.2.1 Clear Suspended Activity Subprocess. Another activity is delivered than the suspended one: forget where to resume. */
export function clearSuspendedActivity(draft: Draft, delivered: Activity): void {
  // 1. Is anything suspended at all?
  if (draft.suspended === undefined) return;
  enter(draft, "DB.2.1", delivered);
  // 1.1 and 1.2 The way from the suspended activity to what it shares with the delivered one.
  const ancestor = commonAncestor(delivered, draft.suspended);
  // 1.3 A leaf is no longer suspended, nor is a cluster without another suspended child.
  for (const activity of [...pathUpTo(draft.suspended, ancestor), ancestor]) {
    const stillSuspended = availableChildren(draft, activity).some((child) => trackingOf(draft, child).suspended);
    if (!stillSuspended && activity !== ancestor) changeTracking(draft, activity, { suspended: false });
  }
  // 1.4
  draft.suspended = undefined;
}
