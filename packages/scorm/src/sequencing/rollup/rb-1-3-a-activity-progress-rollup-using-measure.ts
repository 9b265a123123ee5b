import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import { readObjective, writeObjective } from "../objective-status.ts";

/** RB.1.3.a Activity Progress Rollup Using Measure Process (4th edition). */
export function activityProgressRollupUsingMeasure(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.3.a", activity);
  // 1. to 3. Without an amount nothing is known; otherwise it is compared with the threshold.
  const amount = readObjective(draft, activity, activity.primaryObjective, "completionAmount");
  const completed = amount === undefined ? undefined : amount >= activity.minProgressMeasure;
  writeObjective(draft, "RB.1.3.a", activity, activity.primaryObjective, { completed });
}
