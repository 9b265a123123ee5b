import type { Activity } from "../activity-index.ts";
import type { RollupRule } from "../activity-tree.ts";
import { type Draft, enter } from "../draft.ts";
import { writeObjective } from "../objective-status.ts";
import { rollupRuleCheck } from "./rb-1-4-rollup-rule-check.ts";

const completedByDefault: readonly RollupRule[] = [
  { action: "completed", childActivitySet: "all", conditions: [{ condition: "completed" }] },
  { action: "incomplete", childActivitySet: "all", conditions: [{ condition: "activityProgressKnown" }] },
];

/** RB.1.3.b Activity Progress Rollup Using Rules Process. */
export function activityProgressRollupUsingRules(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.3.b", activity);
  // 1. Without a rule about completion two rules apply by default.
  const given = activity.rollupRules.some(({ action }) => action === "completed" || action === "incomplete");
  const rules = given ? activity.rollupRules : completedByDefault;
  // 2. to 5. "completed" is checked last and so has the last word.
  let completed: boolean | undefined;
  if (rollupRuleCheck(draft, activity, rules, "incomplete")) completed = false;
  if (rollupRuleCheck(draft, activity, rules, "completed")) completed = true;
  if (completed === undefined) return;
  writeObjective(draft, "RB.1.3.b", activity, activity.primaryObjective, { completed });
}
