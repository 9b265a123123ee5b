import type { Activity, Objective } from "../activity-index.ts";
import type { RuleCondition, SequencingRule } from "../activity-tree.ts";
import type { Draft } from "../draft.ts";
import { combined, conditionValue } from "../rule-condition.ts";
import type { Truth } from "../trace.ts";

/** UP.2.1 Sequencing Rule Check Subprocess. Whether the conditions of a rule hold; undefined for the book's "Unknown". */
export function sequencingRuleCheck(draft: Draft, activity: Activity, rule: SequencingRule): Truth {
  // 1. and 2. Evaluate each condition and negate it where the rule says "not"; Unknown stays Unknown.
  const values = rule.conditions.map((condition) => valueOfCondition(draft, activity, condition));
  // 3. and 4. No condition is Unknown; otherwise combine them.
  const result = combined(rule.combination ?? "all", values);
  if (result === true) {
    draft.trace?.push({
      process: "UP.2",
      activity: activity.identifier,
      action: rule.action,
      ...(rule.combination === "any" && { combination: "any" }),
      conditions: rule.conditions.map(({ condition, objective, operator, measureThreshold }, at) => ({
        condition,
        ...(objective !== undefined && { objective }),
        ...(operator === "not" && { not: true }),
        ...(measureThreshold !== undefined && { threshold: measureThreshold }),
        value: values[at],
      })),
      ...(rule.line !== undefined && { line: rule.line }),
    });
  }
  return result;
}

function valueOfCondition(draft: Draft, activity: Activity, condition: RuleCondition): Truth {
  const objective = referencedObjective(activity, condition.objective);
  // Not in spec: a rule that refers to an objective which the activity does not have can know nothing of it.
  if (objective === undefined) return undefined;
  const value = conditionValue(draft, activity, condition.condition, objective, condition.measureThreshold ?? 0);
  return condition.operator === "not" && value !== undefined ? !value : value;
}

function referencedObjective(activity: Activity, id: string | undefined): Objective | undefined {
  if (id === undefined) return activity.primaryObjective;
  return (
    activity.objectives.find((objective) => objective.id === id) ??
    activity.objectives.find((objective) => objective.id !== undefined && sameUri(objective.id, id))
  );
}

/** Ids are URIs: white space at the ends and folded inside, and escapes, make no difference (xs:anyURI; ADL case OB-02a). */
function sameUri(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(uri: string): string {
  return uri.replace(/%20/g, " ").replace(/\s+/g, " ").trim();
}
