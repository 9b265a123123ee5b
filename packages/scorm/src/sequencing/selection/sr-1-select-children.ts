import type { Activity } from "../activity-index.ts";
import { changeTracking, type Draft, enter, trackingOf } from "../draft.ts";
import { shuffled } from "./shuffled.ts";

/** SR.1 Select Children Process. Draws which children of a cluster are available, in their order. */
export function selectChildren(draft: Draft, activity: Activity): void {
  const selection = activity.definition.sequencing?.selection;
  // 1. A leaf has nothing to select.
  if (activity.children.length === 0 || selection === undefined) return;
  enter(draft, "SR.1", activity);
  const tracking = trackingOf(draft, activity);
  // 2. An attempt that is under way keeps its children.
  if (tracking.active || tracking.suspended) return;
  // 3. and 5. Never; and on each new attempt, which the book leaves undefined.
  if (selection.timing !== "once") return;
  // 4. Once: before the first attempt, and only when there is a count.
  if (tracking.attemptCount > 0 || selection.count === undefined) return;
  const positions = activity.children.map(({ position }) => position);
  const drawn = shuffled(positions, draft.environment.random).slice(0, selection.count);
  changeTracking(draft, activity, { availableChildren: drawn.sort((a, b) => a - b) });
}
