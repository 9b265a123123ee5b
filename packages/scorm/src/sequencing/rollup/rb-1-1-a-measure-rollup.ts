import type { Activity } from "../activity-index.ts";
import { availableChildren, type Draft, enter } from "../draft.ts";
import { readObjective, writeObjective } from "../objective-status.ts";
import { objectivesAreStale } from "./stale-tracking.ts";

/** RB.1.1.a Measure Rollup Process. The weighted mean of the children's measures; a tracked child without a measure counts as 0. */
export function measureRollup(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.1.a", activity);
  // 1. to 4.
  let totalWeightedMeasure = 0;
  let validData = false;
  let countedMeasures = 0;
  // 5. The objective that contributes to roll-up is the primary one.
  const targetObjective = activity.primaryObjective;
  // 6. Over the children.
  for (const child of availableChildren(draft, activity)) {
    if (!child.deliveryControls.tracked) continue;
    const weight = child.rollupControls.objectiveMeasureWeight;
    countedMeasures += weight;
    const measure = objectivesAreStale(draft, child)
      ? undefined
      : readObjective(draft, child, child.primaryObjective, "measure");
    if (measure === undefined) continue;
    totalWeightedMeasure += measure * weight;
    validData = true;
  }
  // 6.2 and 6.3 Nothing known leaves the measure unknown.
  const measure = validData && countedMeasures > 0 ? totalWeightedMeasure / countedMeasures : undefined;
  writeObjective(draft, "RB.1.1.a", activity, targetObjective, { measure });
}
