import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import { activityProgressRollupUsingMeasure } from "./rb-1-3-a-activity-progress-rollup-using-measure.ts";
import { activityProgressRollupUsingRules } from "./rb-1-3-b-activity-progress-rollup-using-rules.ts";

/** RB.1.3 Activity Progress Rollup Process: by measure where the activity is completed by measure (4th edition), otherwise by rules. */
export function activityProgressRollup(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.3", activity);
  if (activity.completedByMeasure) activityProgressRollupUsingMeasure(draft, activity);
  else activityProgressRollupUsingRules(draft, activity);
}
