import type { Activity } from "../activity-index.ts";
import { changeTracking, type Draft, trackingOf } from "../draft.ts";

/** Whether the objectives of a child were recorded before the present attempt on its parent, which asks for current information only. */
export function objectivesAreStale(draft: Draft, child: Activity): boolean {
  return trackingOf(draft, child).staleObjectives ?? false;
}

/** Whether the progress of a child was recorded before the present attempt on its parent, which asks for current information only. */
export function progressIsStale(draft: Draft, child: Activity): boolean {
  return trackingOf(draft, child).staleProgress ?? false;
}

/** A new attempt on a cluster begins: what its descendants know is from before (SN 3.2.5, 3.2.6). */
export function markDescendantsStale(draft: Draft, cluster: Activity): void {
  const { useCurrentAttemptObjectiveInfo, useCurrentAttemptProgressInfo } = cluster.controlMode;
  if (!useCurrentAttemptObjectiveInfo && !useCurrentAttemptProgressInfo) return;
  for (const child of cluster.children) {
    const tracking = trackingOf(draft, child);
    if (tracking.attemptCount > 0 || child.children.length > 0) {
      if (tracking.attemptCount > 0) {
        changeTracking(draft, child, {
          ...(useCurrentAttemptObjectiveInfo && { staleObjectives: true }),
          ...(useCurrentAttemptProgressInfo && { staleProgress: true }),
        });
      }
      markDescendantsStale(draft, child);
    }
  }
}
