import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import { limitConditionsCheck } from "./up-1-limit-conditions-check.ts";
import { sequencingRulesCheck } from "./up-2-sequencing-rules-check.ts";

/** UP.5 Check Activity Process. True when the activity may not be delivered: disabled by a rule, or a limit is reached. */
export function checkActivity(draft: Draft, activity: Activity): boolean {
  enter(draft, "UP.5", activity);
  // 1. and 2. Disabled rules.
  if (sequencingRulesCheck(draft, activity, activity.preConditionRules.disabled) !== undefined) return true;
  // 3. and 4. Limit conditions.
  return limitConditionsCheck(draft, activity);
}
