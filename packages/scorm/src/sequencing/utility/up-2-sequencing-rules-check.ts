import type { Activity } from "../activity-index.ts";
import type { RuleAction, SequencingRule } from "../activity-tree.ts";
import type { Draft } from "../draft.ts";
import { sequencingRuleCheck } from "./up-2-1-sequencing-rule-check.ts";

/** UP.2 Sequencing Rules Check Process. The action of the first rule whose conditions hold, undefined for the book's "Nil". */
export function sequencingRulesCheck(
  draft: Draft,
  activity: Activity,
  rules: readonly SequencingRule[],
): RuleAction | undefined {
  // 1. and 2. Rules are looked at in their order; without any there is no action.
  for (const rule of rules) {
    if (sequencingRuleCheck(draft, activity, rule) === true) {
      return rule.action;
    }
  }
  return undefined;
}
