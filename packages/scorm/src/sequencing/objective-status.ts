import type { Activity, Objective, ObjectiveField } from "./activity-index.ts";
import { changeTracking, type Draft, setGlobalObjective, trackingOf } from "./draft.ts";
import type { ObjectiveWriter, Truth } from "./trace.ts";
import type { ObjectiveProgress } from "./tracking.ts";

/**
 * A value of an objective as every process sees it: where a map reads it from a global objective, the global one's, known or not; otherwise its own
 * (SN 3.10, "Objective Map"). Only a completion amount that the global objective does not know is the activity's own: ADL case CO-09, launch 2, is
 * completed by it.
 */
export function readObjective<Field extends ObjectiveField>(
  draft: Draft,
  activity: Activity,
  objective: Objective,
  field: Field,
): ObjectiveProgress[Field] | undefined {
  const global = objective.reads[field];
  if (global !== undefined) {
    const shared = draft.globalObjectives[global]?.[field];
    if (shared !== undefined || field !== "completionAmount") return shared;
  }
  return trackingOf(draft, activity).objectives[objective.position]?.[field];
}

/**
 * Whether an objective is satisfied; undefined = Objective Progress Status is false. One that is satisfied by measure has no other status than what its
 * measure says, and none while its activity is active unless `measureSatisfactionIfActive` (RB.1.2.a).
 */
export function isSatisfied(draft: Draft, activity: Activity, objective: Objective): Truth {
  if (!objective.satisfiedByMeasure) return readObjective(draft, activity, objective, "satisfied");
  if (!measureDecides(draft, activity, objective)) return undefined;
  const measure = readObjective(draft, activity, objective, "measure");
  return measure === undefined ? undefined : measure >= objective.minNormalizedMeasure;
}

/** Whether the measure of an objective that is satisfied by measure may decide now. */
export function measureDecides(draft: Draft, activity: Activity, objective: Objective): boolean {
  return (
    objective !== activity.primaryObjective ||
    activity.considerations.measureSatisfactionIfActive ||
    !trackingOf(draft, activity).active
  );
}

/** Whether the present attempt is completed; undefined = Attempt Progress Status is false. By measure where the activity says so (RB.1.3.a). */
export function isCompleted(draft: Draft, activity: Activity, objective: Objective = activity.primaryObjective): Truth {
  if (objective !== activity.primaryObjective || !activity.completedByMeasure) {
    return readObjective(draft, activity, objective, "completed");
  }
  const amount = readObjective(draft, activity, objective, "completionAmount");
  return amount === undefined ? undefined : amount >= activity.minProgressMeasure;
}

/** Sets values of an objective, and of every global objective that a map writes. A value that is given as undefined becomes unknown. */
export function writeObjective(
  draft: Draft,
  by: ObjectiveWriter,
  activity: Activity,
  objective: Objective,
  values: { readonly [Field in ObjectiveField]?: ObjectiveProgress[Field] | undefined },
): void {
  const { objectives } = trackingOf(draft, activity);
  const before = objectives[objective.position] ?? {};
  const after = merged(before, values);
  if (after !== before) {
    changeTracking(draft, activity, { objectives: objectives.with(objective.position, after) });
    noteWrite(draft, by, activity, objective, before, after);
  }
  for (const field of Object.keys(values) as ObjectiveField[]) {
    for (const global of objective.writes[field] ?? []) {
      const known = draft.globalObjectives[global] ?? {};
      const changed = merged(known, { [field]: values[field] });
      if (changed === known) continue;
      setGlobalObjective(draft, global, changed);
      noteWrite(draft, by, activity, objective, known, changed, global);
    }
  }
}

function noteWrite(
  draft: Draft,
  by: ObjectiveWriter,
  activity: Activity,
  objective: Objective,
  before: ObjectiveProgress,
  after: ObjectiveProgress,
  global?: number,
): void {
  if (draft.trace === undefined) return;
  const became: Record<string, unknown> = {};
  for (const field of fields) if (before[field] !== after[field]) became[field] = after[field] ?? null;
  const id = global === undefined ? undefined : draft.course.globalObjectives[global];
  draft.trace.push({
    by,
    activity: activity.identifier,
    objective: objective.position,
    ...(id !== undefined && { global: id }),
    became,
  });
}

const fields = ["satisfied", "measure", "completed", "completionAmount", "scoreRaw", "scoreMin", "scoreMax"] as const;

/** The same object where nothing changes. */
function merged(
  before: ObjectiveProgress,
  values: { readonly [Field in ObjectiveField]?: ObjectiveProgress[Field] | undefined },
): ObjectiveProgress {
  const fields = Object.keys(values) as ObjectiveField[];
  if (fields.every((field) => before[field] === values[field])) return before;
  const after: Record<string, unknown> = { ...before };
  for (const field of fields) {
    if (values[field] === undefined) delete after[field];
    else after[field] = values[field];
  }
  return after;
}
