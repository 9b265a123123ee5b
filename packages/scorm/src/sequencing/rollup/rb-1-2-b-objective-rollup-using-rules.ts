import type { Activity } from "../activity-index.ts";
import type { RollupRule } from "../activity-tree.ts";
import { type Draft, enter } from "../draft.ts";
import { writeObjective } from "../objective-status.ts";
import { rollupRuleCheck } from "./rb-1-4-rollup-rule-check.ts";

const satisfiedByDefault: readonly RollupRule[] = [
  { action: "satisfied", childActivitySet: "all", conditions: [{ condition: "satisfied" }] },
  { action: "notSatisfied", childActivitySet: "all", conditions: [{ condition: "objectiveStatusKnown" }] },
];

/** RB.1.2.b Objective Rollup Using Rules Process. */
export function objectiveRollupUsingRules(draft: Draft, activity: Activity): void {
  enter(draft, "RB.1.2.b", activity);
  // 1. Without a rule about satisfaction two rules apply by default.
  const given = activity.rollupRules.some(({ action }) => action === "satisfied" || action === "notSatisfied");
  const rules = given ? activity.rollupRules : satisfiedByDefault;
  // 2. and 3. The objective that contributes to roll-up; "satisfied" is checked last and so has the last word.
  let satisfied: boolean | undefined;
  if (rollupRuleCheck(draft, activity, rules, "notSatisfied")) satisfied = false;
  if (rollupRuleCheck(draft, activity, rules, "satisfied")) satisfied = true;
  if (satisfied === undefined) return;
  writeObjective(draft, "RB.1.2.b", activity, activity.primaryObjective, { satisfied });
}
