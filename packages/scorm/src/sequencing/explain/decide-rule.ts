import type { Activity, Objective, ObjectiveField } from "../activity-index.ts";
import type { ConditionName, RuleAction } from "../activity-tree.ts";
import { draftOf } from "../draft.ts";
import { isSatisfied, readObjective } from "../objective-status.ts";
import type { DecidedCondition, RuleDecision } from "../trace.ts";
import type { Decision, DecisionKind, Fact, Moment } from "./explanation.ts";
import { type Source, sourceOf } from "./provenance.ts";
import { activityOf, type Story, titleOf } from "./story.ts";

const kinds: Readonly<Record<RuleAction, DecisionKind>> = {
  skip: "preCondition",
  disabled: "preCondition",
  hiddenFromChoice: "preCondition",
  stopForwardTraversal: "preCondition",
  exit: "exit",
  exitParent: "postCondition",
  exitAll: "postCondition",
  retry: "postCondition",
  retryAll: "postCondition",
  continue: "postCondition",
  previous: "postCondition",
};

/** A sequencing rule that held, for instance "Post-test skipped: objective obj1 satisfied by Pre-test". */
export function decideRule(story: Story, decision: RuleDecision, moment: Moment): Decision {
  const { texts, session } = story;
  const activity = activityOf(story, decision.activity);
  const join = decision.combination === "any" ? texts.or : texts.and;
  const looked = decision.conditions.map((condition) => lookAt(story, condition, activity, moment));
  // Of "any" only what held has decided.
  const reasons = looked.filter(({ condition }) => condition.value === true);
  const because = reasons.map(({ clause, origin }) => clause + origin).join(join);
  return {
    kind: kinds[decision.action],
    activity: decision.activity,
    rule: `${texts.action[decision.action]}${texts.if}${looked.map(({ clause }) => clause).join(join)}`,
    process: "UP.2",
    sentence: `${texts.applied(decision.action, titleOf(session.course, decision.activity))}: ${because}`,
    facts: looked.map(({ fact }) => fact),
    ...(decision.line !== undefined && { line: decision.line }),
  };
}

interface LookedAt {
  readonly condition: DecidedCondition;
  readonly clause: string;
  /** Behind the clause: where its value came from. */
  readonly origin: string;
  readonly fact: Fact;
}

function lookAt(story: Story, condition: DecidedCondition, activity: Activity | undefined, moment: Moment): LookedAt {
  const { texts, session, steps } = story;
  const { not = false, threshold = 0 } = condition;
  const objective = activity && objectiveOf(activity, condition.objective);
  // Of the primary objective its name says more than that it is the activity's.
  const id = condition.objective ?? (asksObjective(condition.condition) ? objective?.id : undefined);
  const subject = id === undefined ? texts.itself : texts.objective(id);
  const field = objective && fieldOf(condition.condition, objective);
  const source = activity && objective && field && sourceOf(session.course, steps, moment, activity, objective, field);
  const name = texts.conditionName(condition.condition, subject);
  return {
    condition,
    clause: texts.condition(condition.condition, subject, not, threshold),
    origin: source === undefined ? "" : originOf(story, source, activity),
    fact: {
      name,
      value: seenValue(story, condition, activity, objective, field),
      step: source?.step ?? "",
      activity: source?.write?.activity ?? "",
    },
  };
}

function objectiveOf(activity: Activity, id: string | undefined): Objective | undefined {
  return id === undefined ? activity.primaryObjective : activity.objectives.find((objective) => objective.id === id);
}

function asksObjective(condition: ConditionName): boolean {
  return condition === "satisfied" || condition.startsWith("objective");
}

/** The value that a condition looks at, undefined when it looks at none of an objective. */
function fieldOf(condition: ConditionName, { satisfiedByMeasure }: Objective): ObjectiveField | undefined {
  switch (condition) {
    case "satisfied":
    case "objectiveStatusKnown":
      return satisfiedByMeasure ? "measure" : "satisfied";
    case "objectiveMeasureKnown":
    case "objectiveMeasureGreaterThan":
    case "objectiveMeasureLessThan":
      return "measure";
    case "completed":
    case "activityProgressKnown":
      return "completed";
    default:
      return undefined;
  }
}

/** Where a value came from, as the end of a sentence; nothing where the activity itself said so. */
export function originOf({ texts, session, steps }: Story, { write, step }: Source, reader?: Activity): string {
  if (write === undefined) {
    if (step === "") return texts.byHand;
    return steps.some(({ id }) => id === step) ? "" : texts.anotherCourse;
  }
  if (write.activity === reader?.identifier) return "";
  const title = titleOf(session.course, write.activity);
  if (write.by === "report") return texts.reportedBy(title);
  // A score that content reported may be settled when its attempt ends: still the activity's own doing.
  if (write.by === "UP.4") return "measure" in write.became ? texts.reportedBy(title) : texts.endedSilently(title);
  return texts.rolledUpIn(title);
}

/**
 * What the condition looked at. Of the present state where it may have changed since: the truth of a condition is the trace's, a score is as it
 * stands at the end of the story.
 */
function seenValue(
  { session, texts }: Story,
  { condition, value, not }: DecidedCondition,
  activity: Activity | undefined,
  objective: Objective | undefined,
  field: ObjectiveField | undefined,
): string {
  if (activity && objective && field === "measure") {
    const draft = draftOf(session, { now: 0, random: () => 0 });
    const measure = readObjective(draft, activity, objective, "measure");
    const score = measure === undefined ? texts.unknown : String(measure);
    if (condition !== "satisfied") return score;
    return `${wordOf(texts, isSatisfied(draft, activity, objective))} (${score})`;
  }
  return wordOf(texts, not && value !== undefined ? !value : value);
}

/** A truth in words. */
export function wordOf(texts: Story["texts"], truth: boolean | null | undefined): string {
  if (truth === undefined || truth === null) return texts.unknown;
  return truth ? texts.yes : texts.no;
}
