import type { Activity, ActivityIndex, Objective, ObjectiveField } from "../activity-index.ts";
import type { ObjectiveWrite, TraceEntry } from "../trace.ts";
import type { Moment, ToldStep } from "./explanation.ts";

/** Where a value came from. */
export type Source =
  /** An activity of this course wrote it. */
  | { readonly step: string; readonly at: Moment; readonly write: ObjectiveWrite }
  /** Another course of the learner did, or somebody by hand: then the step is empty. */
  | { readonly step: string; readonly at: Moment; readonly write?: undefined };

/** Who wrote the value of an objective that a process saw at some moment; undefined when nobody did in these steps. */
export function sourceOf(
  course: ActivityIndex,
  steps: readonly ToldStep[],
  moment: Moment,
  activity: Activity,
  objective: Objective,
  field: ObjectiveField,
): Source | undefined {
  const read = objective.reads[field];
  const global = read === undefined ? undefined : course.globalObjectives[read];
  const wrote = (entry: TraceEntry): entry is ObjectiveWrite =>
    "by" in entry &&
    field in entry.became &&
    entry.global === global &&
    (global !== undefined || (entry.activity === activity.identifier && entry.objective === objective.position));
  for (let step = moment.step; step >= 0; step--) {
    const told = steps[step];
    if (told === undefined) continue;
    for (let entry = (step === moment.step ? moment.entry : told.trace.length) - 1; entry >= 0; entry--) {
      const found = told.trace[entry];
      if (found !== undefined && wrote(found)) return { step: told.id, at: { step, entry }, write: found };
    }
    const elsewhere = global === undefined ? undefined : told.takenIn?.[global];
    if (elsewhere !== undefined) return { step: elsewhere, at: { step, entry: 0 } };
  }
  return undefined;
}

/** The end of a story. */
export function endOf(steps: readonly ToldStep[]): Moment {
  return { step: steps.length - 1, entry: steps.at(-1)?.trace.length ?? 0 };
}
