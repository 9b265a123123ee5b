import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import { measureDecides, readObjective, writeObjective } from "../objective-status.ts";

/** RB.1.2.a Objective Rollup Using Measure Process. */
export function objectiveRollupUsingMeasure(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.2.a", activity);
  // 1. and 2. The objective that contributes to roll-up.
  const targetObjective = activity.primaryObjective;
  // 3.1.1 Without a measure nothing is known.
  const measure = readObjective(draft, activity, targetObjective, "measure");
  let satisfied: boolean | undefined;
  // 3.1.2 While the activity is active the measure decides only where the manifest lets it.
  if (measure !== undefined && measureDecides(draft, activity, targetObjective)) {
    satisfied = measure >= targetObjective.minNormalizedMeasure;
  }
  writeObjective(draft, "RB.1.2.a", activity, targetObjective, { satisfied });
}
