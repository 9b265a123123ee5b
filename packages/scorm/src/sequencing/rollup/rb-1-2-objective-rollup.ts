import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import { objectiveRollupUsingMeasure } from "./rb-1-2-a-objective-rollup-using-measure.ts";
import { objectiveRollupUsingRules } from "./rb-1-2-b-objective-rollup-using-rules.ts";

/** RB.1.2 Objective Rollup Process: by measure where the primary objective is satisfied by measure, otherwise by rules. */
export function objectiveRollup(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.2", activity);
  if (activity.primaryObjective.satisfiedByMeasure) objectiveRollupUsingMeasure(draft, activity);
  else objectiveRollupUsingRules(draft, activity);
}
