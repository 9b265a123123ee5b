import type { Activity } from "../activity-index.ts";
import type { Timing } from "../activity-tree.ts";
import { availableChildren, changeTracking, type Draft, enter, trackingOf } from "../draft.ts";
import { shuffled } from "./shuffled.ts";

/** SR.2 Randomize Children Process. Puts the available children of a cluster in a random order, if now is the time that its manifest names. */
export function randomizeChildren(draft: Draft, activity: Activity, time: Exclude<Timing, "never">): void {
  const randomization = activity.definition.sequencing?.randomization;
  // 1. and 3. A leaf has no children; and never means never.
  if (activity.children.length === 0 || randomization === undefined || randomization.timing !== time) return;
  enter(draft, "SR.2", activity);
  const tracking = trackingOf(draft, activity);
  // 2. An attempt that is under way keeps its order.
  if (tracking.active || tracking.suspended) return;
  // 4. Once: before the first attempt only.
  if (time === "once" && tracking.attemptCount > 0) return;
  // 4. and 5. Reorder where the manifest asks for it.
  if (!(randomization.reorderChildren ?? false)) return;
  const positions = availableChildren(draft, activity).map(({ position }) => position);
  changeTracking(draft, activity, { availableChildren: shuffled(positions, draft.environment.random) });
}
