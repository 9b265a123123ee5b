import type { Activity } from "../activity-index.ts";
import { availableChildren, type Draft, enter } from "../draft.ts";
import { readObjective, writeObjective } from "../objective-status.ts";
import { progressIsStale } from "./stale-tracking.ts";

/** RB.1.1.b Completion Measure Rollup Process (4th edition). The weighted mean of the children's completion amounts. */
export function completionMeasureRollup(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.1.b", activity);
  // 1. to 3.
  let totalWeightedMeasure = 0;
  let validData = false;
  let countedMeasures = 0;
  // 4. Over the children.
  for (const child of availableChildren(draft, activity)) {
    if (!child.deliveryControls.tracked) continue;
    countedMeasures += child.progressWeight;
    const amount = progressIsStale(draft, child)
      ? undefined
      : readObjective(draft, child, child.primaryObjective, "completionAmount");
    if (amount === undefined) continue;
    totalWeightedMeasure += amount * child.progressWeight;
    validData = true;
  }
  // 5. and 6. Nothing known leaves the amount unknown.
  const completionAmount = validData && countedMeasures > 0 ? totalWeightedMeasure / countedMeasures : undefined;
  writeObjective(draft, "RB.1.1.b", activity, activity.primaryObjective, { completionAmount });
}
