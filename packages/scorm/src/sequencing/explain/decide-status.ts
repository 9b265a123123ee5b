import type { Activity, ObjectiveField } from "../activity-index.ts";
import type { RollupAction } from "../activity-tree.ts";
import { draftOf, trackingOf } from "../draft.ts";
import { readObjective } from "../objective-status.ts";
import type { ObjectiveWrite, RollupDecision } from "../trace.ts";
import { originOf, wordOf } from "./decide-rule.ts";
import type { Decision, Moment } from "./explanation.ts";
import { endOf, type Source, sourceOf } from "./provenance.ts";
import { type Story, titleOf } from "./story.ts";

/** Why an activity is, or is not, satisfied and completed: what wrote each status last. */
export function decideStatus(story: Story, activity: Activity): Decision[] {
  const { session, steps, texts } = story;
  const draft = draftOf(session, { now: 0, random: () => 0 });
  const title = titleOf(session.course, activity.identifier);
  const end = endOf(steps);
  const decisions = (["satisfied", "completed"] as const).flatMap((field) => {
    const objective = activity.primaryObjective;
    if (readObjective(draft, activity, objective, field) === undefined) return [];
    const source = sourceOf(session.course, steps, end, activity, objective, field);
    return source === undefined ? [] : [decideField(story, activity, field, source)];
  });
  if (decisions.length > 0 || trackingOf(draft, activity).attemptCount > 0) return decisions;
  const plain = { activity: activity.identifier, rule: "", process: "", facts: [] };
  return [{ ...plain, kind: "content", sentence: texts.neverAttempted(title) }];
}

function decideField(story: Story, activity: Activity, field: "satisfied" | "completed", source: Source): Decision {
  const { session, texts } = story;
  const { write } = source;
  const global = activity.primaryObjective.reads[field];
  if (write === undefined || global !== undefined) {
    const id = session.course.globalObjectives[global ?? -1] ?? "";
    const value = readObjective(
      draftOf(session, { now: 0, random: () => 0 }),
      activity,
      activity.primaryObjective,
      field,
    );
    const words = texts.values[field](wordOf(texts, value));
    const title = titleOf(session.course, activity.identifier);
    return {
      ...{ kind: "objectiveMap", activity: activity.identifier, rule: "", process: "" },
      sentence: texts.statusFromGlobal(title, words, id, originOf(story, source)),
      facts: [{ name: id, value: wordOf(texts, value), step: source.step, activity: write?.activity ?? "" }],
    };
  }
  return decideWrite(story, write, source.at, source.step);
}

/** What changed an objective: content, the end of an attempt, or a roll-up. */
export function decideWrite(story: Story, write: ObjectiveWrite, at: Moment, step: string): Decision {
  const { session, texts, steps } = story;
  const title = titleOf(session.course, write.activity);
  const words = wordsOf(story, write);
  const id = write.global ?? session.course.byIdentifier.get(write.activity)?.objectives[write.objective]?.id;
  const fact = {
    name: id === undefined ? texts.itself : texts.objective(id),
    value: words,
    step,
    activity: write.activity,
  };
  const made = { activity: write.activity, facts: [fact] };
  if (write.by === "report") {
    return { ...made, kind: "content", rule: "", process: "", sentence: texts.statusSaid(title, words) };
  }
  if (write.by === "UP.4") {
    const sentence = "measure" in write.became ? texts.statusSaid(title, words) : texts.statusAssumed(title, words);
    return { ...made, kind: "deliveryControl", rule: "", process: write.by, sentence };
  }
  const rule = rollupBehind(steps[at.step]?.trace ?? [], at.entry, write);
  const told = rule && decideRollup(story, rule);
  return {
    ...made,
    kind: "rollup",
    rule: told?.rule ?? "",
    process: write.by,
    sentence: told?.sentence ?? texts.statusByMeasure(title, words),
    ...(told?.line !== undefined && { line: told.line }),
  };
}

/** Values that became others, in words. */
export function wordsOf({ texts }: Story, { became }: ObjectiveWrite): string {
  const entries = Object.entries(became) as [ObjectiveField, boolean | number | null][];
  return entries
    .map(([field, value]) => texts.values[field](typeof value === "number" ? String(value) : wordOf(texts, value)))
    .join(", ");
}

/** A roll-up rule that held. */
export function decideRollup({ session, texts }: Story, decision: RollupDecision): Decision {
  const { rollup, holding, contributing, activity } = decision;
  const join = rollup.combination === "all" ? texts.and : texts.or;
  const conditions = rollup.conditions
    .map(({ condition, operator }) => texts.condition(condition, "", operator === "not", 0).trim())
    .join(join);
  const action = texts.rollupAction[rollup.action];
  return {
    kind: "rollup",
    activity,
    rule: texts.rollupRule(rollup, conditions),
    process: "RB.1.4",
    sentence: texts.rollup(titleOf(session.course, activity), action, holding, contributing, conditions),
    facts: [{ name: conditions, value: `${holding}/${contributing}`, step: "", activity }],
    ...(rollup.line !== undefined && { line: rollup.line }),
  };
}

/** The rule that a roll-up's write follows from: the last one before it on the same activity that says so. */
function rollupBehind(
  trace: Story["steps"][number]["trace"],
  before: number,
  { activity, became }: ObjectiveWrite,
): RollupDecision | undefined {
  const { satisfied, completed } = became;
  const actions: RollupAction[] = [
    ...(typeof satisfied === "boolean" ? [satisfied ? ("satisfied" as const) : ("notSatisfied" as const)] : []),
    ...(typeof completed === "boolean" ? [completed ? ("completed" as const) : ("incomplete" as const)] : []),
  ];
  for (let at = before - 1; at >= 0; at--) {
    const entry = trace[at];
    if (entry === undefined || !("rollup" in entry) || entry.activity !== activity) continue;
    if (actions.includes(entry.rollup.action)) return entry;
  }
  return undefined;
}
