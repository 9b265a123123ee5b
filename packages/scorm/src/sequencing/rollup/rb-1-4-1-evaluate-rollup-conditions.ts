import type { Activity } from "../activity-index.ts";
import type { RollupConditionName, RollupRule } from "../activity-tree.ts";
import type { Draft } from "../draft.ts";
import { combined, conditionValue } from "../rule-condition.ts";
import type { Truth } from "../trace.ts";
import { objectivesAreStale, progressIsStale } from "./stale-tracking.ts";

/** RB.1.4.1 Evaluate Rollup Conditions Subprocess. Whether the conditions hold for a child; undefined for the book's "Unknown". */
export function evaluateRollupConditions(draft: Draft, child: Activity, rule: RollupRule): Truth {
  // 1. and 2. Evaluate each condition and negate it where the rule says "not"; Unknown stays Unknown.
  const values = rule.conditions.map(({ condition, operator }) => {
    const value = currentValue(draft, child, condition);
    return operator === "not" && value !== undefined ? !value : value;
  });
  // 3. and 4. No condition is Unknown; otherwise combine them.
  return combined(rule.combination ?? "any", values);
}

function currentValue(draft: Draft, child: Activity, condition: RollupConditionName): Truth {
  switch (condition) {
    case "satisfied":
      if (objectivesAreStale(draft, child)) return undefined;
      break;
    case "objectiveStatusKnown":
    case "objectiveMeasureKnown":
      if (objectivesAreStale(draft, child)) return false;
      break;
    case "completed":
      if (progressIsStale(draft, child)) return undefined;
      break;
    case "activityProgressKnown":
      if (progressIsStale(draft, child)) return false;
      break;
  }
  return conditionValue(draft, child, condition, child.primaryObjective, 0);
}
