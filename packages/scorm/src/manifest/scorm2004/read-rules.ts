import type {
  ConditionName,
  ExitConditionAction,
  ObjectiveDefinition,
  PostConditionAction,
  PreConditionAction,
  RollupCondition,
  RollupConditionName,
  RollupRule,
  RuleAction,
  RuleCondition,
  SequencingRule,
} from "../../sequencing/activity-tree.ts";
import { childOf, childrenOf, type XmlElement } from "../xml-element.ts";
import { attributeReader } from "./attribute-reader.ts";
import { given } from "./given.ts";
import { findObjective } from "./read-objectives.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

const PRE: readonly PreConditionAction[] = ["skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"];
const EXIT: readonly ExitConditionAction[] = ["exit"];
const POST: readonly PostConditionAction[] = ["exitParent", "exitAll", "retry", "retryAll", "continue", "previous"];
const COMBINATIONS = ["all", "any"] as const;
const OPERATORS = ["not", "noOp"] as const;
const ROLLUP_CONDITIONS: readonly RollupConditionName[] = [
  "satisfied",
  "objectiveStatusKnown",
  "objectiveMeasureKnown",
  "completed",
  "activityProgressKnown",
  "attempted",
  "attemptLimitExceeded",
  "timeLimitExceeded",
  "outsideAvailableTimeRange",
];
const CONDITIONS: readonly ConditionName[] = [
  ...ROLLUP_CONDITIONS,
  "objectiveMeasureGreaterThan",
  "objectiveMeasureLessThan",
  "always",
];

/** The three lists of `imsss:sequencingRules`, as far as there are rules. */
export interface SequencingRules {
  readonly preConditionRules?: readonly SequencingRule<PreConditionAction>[];
  readonly exitConditionRules?: readonly SequencingRule<ExitConditionAction>[];
  readonly postConditionRules?: readonly SequencingRule<PostConditionAction>[];
}

/** Reads `imsss:sequencingRules`; `objectives` are those of the activity. */
export function readSequencingRules(
  element: XmlElement,
  title: string,
  objectives: readonly ObjectiveDefinition[],
  report: Scorm2004Report,
): SequencingRules {
  const read = <Action extends RuleAction>(name: string, actions: readonly Action[]) => {
    const rules = childrenOf(element, name)
      .map((rule) => readRule(rule, actions, title, objectives, report))
      .filter((rule) => rule !== undefined);
    return rules.length > 0 ? rules : undefined;
  };
  return given({
    preConditionRules: read("preConditionRule", PRE),
    exitConditionRules: read("exitConditionRule", EXIT),
    postConditionRules: read("postConditionRule", POST),
  });
}

function readRule<Action extends RuleAction>(
  rule: XmlElement,
  actions: readonly Action[],
  title: string,
  objectives: readonly ObjectiveDefinition[],
  report: Scorm2004Report,
): SequencingRule<Action> | undefined {
  const place = { line: rule.line };
  const action = readAction(childOf(rule, "ruleAction"), actions, title, report, place.line);
  if (action === undefined) return undefined;
  const group = childOf(rule, "ruleConditions");
  const written = group ? childrenOf(group, "ruleCondition") : [];
  const conditions = written
    .map((condition) => readCondition(condition, title, objectives, report))
    .filter((condition) => condition !== undefined);
  if (!reportConditions(written.length, conditions.length, title, report, place.line)) return undefined;
  const combination = group && attributeReader(group, title, report).word("conditionCombination", COMBINATIONS);
  return { action, ...given({ combination }), conditions, ...place };
}

function readAction<Action extends string>(
  element: XmlElement | undefined,
  actions: readonly Action[],
  title: string,
  report: Scorm2004Report,
  line: number,
): Action | undefined {
  const reader = element && attributeReader(element, title, report);
  const action = reader?.word("action", actions);
  if (action === undefined) {
    const allowed = actions.join(", ");
    report("scorm2004.rule.action", { title, action: reader?.text("action") ?? "not given", allowed }, { line });
  }
  return action;
}

/** Tells of conditions that were left out; false when none is left. */
function reportConditions(
  written: number,
  read: number,
  title: string,
  report: Scorm2004Report,
  line: number,
): boolean {
  if (read === 0) report("scorm2004.rule.conditions", { title }, { line });
  else if (read < written) report("scorm2004.rule.condition.partial", { title }, { line });
  return read > 0;
}

function readCondition(
  element: XmlElement,
  title: string,
  objectives: readonly ObjectiveDefinition[],
  report: Scorm2004Report,
): RuleCondition | undefined {
  const reader = attributeReader(element, title, report);
  const condition = reader.word("condition", CONDITIONS);
  if (condition === undefined) return undefined;
  const place = { line: element.line };
  const reference = reader.text("referencedObjective");
  const found = reference === undefined ? undefined : findObjective(objectives, reference);
  if (reference !== undefined && found === undefined) {
    report("scorm2004.rule.objective.unknown", { title, objective: reference }, place);
  }
  const objective = found ?? reference;
  const measureThreshold = reader.number("measureThreshold", -1, 1);
  const compares = condition === "objectiveMeasureGreaterThan" || condition === "objectiveMeasureLessThan";
  if (compares && measureThreshold === undefined) report("scorm2004.rule.threshold.missing", { title }, place);
  return { condition, ...given({ operator: reader.word("operator", OPERATORS), objective, measureThreshold }) };
}

/** Reads the rules of `imsss:rollupRules`. `children` is how many items the activity has. */
export function readRollupRules(
  element: XmlElement,
  title: string,
  children: number,
  report: Scorm2004Report,
): RollupRule[] {
  return childrenOf(element, "rollupRule")
    .map((rule) => readRollupRule(rule, title, children, report))
    .filter((rule) => rule !== undefined);
}

function readRollupRule(
  rule: XmlElement,
  title: string,
  children: number,
  report: Scorm2004Report,
): RollupRule | undefined {
  const place = { line: rule.line };
  const actions = ["satisfied", "notSatisfied", "completed", "incomplete"] as const;
  const action = readAction(childOf(rule, "rollupAction"), actions, title, report, place.line);
  if (action === undefined) return undefined;
  const group = childOf(rule, "rollupConditions");
  const written = group ? childrenOf(group, "rollupCondition") : [];
  const conditions = written.flatMap((element): RollupCondition[] => {
    const reader = attributeReader(element, title, report);
    const condition = reader.word("condition", ROLLUP_CONDITIONS);
    if (condition === undefined) return [];
    return [{ condition, ...given({ operator: reader.word("operator", OPERATORS) }) }];
  });
  if (!reportConditions(written.length, conditions.length, title, report, place.line)) return undefined;
  const reader = attributeReader(rule, title, report);
  const sets = ["all", "any", "none", "atLeastCount", "atLeastPercent"] as const;
  const childActivitySet = reader.word("childActivitySet", sets);
  const minimumCount = reader.count("minimumCount");
  const minimumPercent = reader.number("minimumPercent", 0, 1);
  if (childActivitySet === "atLeastCount" && minimumCount === undefined) {
    report("scorm2004.rollup.minimum.missing", { title, name: "minimumCount" }, place);
  }
  if (childActivitySet === "atLeastPercent" && minimumPercent === undefined) {
    report("scorm2004.rollup.minimum.missing", { title, name: "minimumPercent" }, place);
  }
  if (childActivitySet === "atLeastCount" && minimumCount !== undefined && minimumCount > children) {
    const counts = { count: String(minimumCount), children: String(children) };
    report("scorm2004.rollup.minimum.beyond", { title, ...counts }, place);
  }
  const combination = group && attributeReader(group, title, report).word("conditionCombination", COMBINATIONS);
  return { action, ...given({ childActivitySet, minimumCount, minimumPercent, combination }), conditions, ...place };
}
