import type { Activity } from "../activity-index.ts";
import type { RollupAction, RollupRule } from "../activity-tree.ts";
import { availableChildren, type Draft, enter } from "../draft.ts";
import type { Truth } from "../trace.ts";
import { evaluateRollupConditions } from "./rb-1-4-1-evaluate-rollup-conditions.ts";
import { checkChildForRollup } from "./rb-1-4-2-check-child-for-rollup.ts";

/** RB.1.4 Rollup Rule Check Subprocess. Whether any rule with this action changes the status of the activity. */
export function rollupRuleCheck(
  draft: Draft,
  activity: Activity,
  rules: readonly RollupRule[],
  action: RollupAction,
): boolean {
  enter(draft, "RB.1.4", activity);
  // 1. Rules with this action, in their order.
  for (const rule of rules) {
    if (rule.action !== action) continue;
    // 1.2.1 to 1.2.3 What the conditions are for each child that takes part.
    const contributingChildren: Truth[] = [];
    for (const child of availableChildren(draft, activity)) {
      if (child.deliveryControls.tracked && checkChildForRollup(draft, child, action)) {
        contributingChildren.push(evaluateRollupConditions(draft, child, rule));
      }
    }
    // 1.2.4 and 1.2.5 The rule's demand on the children.
    if (!changesStatus(rule, contributingChildren)) continue;
    draft.trace?.push({
      process: "RB.1.4",
      activity: activity.identifier,
      rollup: rule,
      holding: contributingChildren.filter((value) => value === true).length,
      contributing: contributingChildren.length,
    });
    return true;
  }
  // 2. No rule applied.
  return false;
}

function changesStatus(rule: RollupRule, contributingChildren: readonly Truth[]): boolean {
  // Without any child that takes part "all" and "none" hold, as the book has it.
  const hold = contributingChildren.filter((value) => value === true).length;
  switch (rule.childActivitySet ?? "all") {
    case "all":
      return hold === contributingChildren.length;
    case "any":
      return hold > 0;
    case "none":
      return contributingChildren.every((value) => value === false);
    case "atLeastCount":
      return hold >= (rule.minimumCount ?? 0);
    case "atLeastPercent":
      return hold / contributingChildren.length >= (rule.minimumPercent ?? 0);
  }
}
