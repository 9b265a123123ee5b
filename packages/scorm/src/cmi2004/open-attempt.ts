import type { DeliveredObjective, DeliveredStatus, Delivery } from "../sequencing/run-time-input.ts";
import { type AttemptState, type Credit, type Mode, type OpenAttempt, unopenedAttempt } from "./attempt-state.ts";
import type { Scorm2004Behaviour } from "./behaviour.ts";
import type { ObjectiveState } from "./list-state.ts";
import type { Scorm2004Policy } from "./policy.ts";
import { formatReal } from "./real-number.ts";
import { numberOf } from "./status-rules.ts";

/** The terms on which a session is opened. */
export interface SessionTerms {
  readonly mode: Mode;
  readonly credit: Credit;
  readonly policy: Scorm2004Policy;
  readonly behaviour: Scorm2004Behaviour;
}

/**
 * The activity's run-time data with a fresh session, as a delivery asks: a suspended attempt goes on with its data, a new attempt begins with
 * nothing but what its objectives know (RTE 4.2.17, 2.1.1). The caller has closed any earlier session.
 */
export function openAttempt(previous: AttemptState, delivery: Delivery, terms: SessionTerms): OpenAttempt {
  const { session: _, ...kept } = previous;
  const base: AttemptState = delivery.resumed ? kept : { ...unopenedAttempt, warnings: previous.warnings };
  const { completionThreshold, scaledPassingScore, maxTimeAllowed } = delivery;
  return {
    ...base,
    attempt: delivery.attempt,
    values: withPrimary(base.values, delivery.primary),
    objectives: withObjectives(base.objectives, delivery.objectives),
    session: {
      phase: "opened",
      ...terms,
      entry: entryOf(previous, delivery, terms.mode),
      exit: "",
      time: "",
      request: "_none_",
      ...(completionThreshold === undefined ? {} : { completionThreshold }),
      ...(scaledPassingScore === undefined ? {} : { scaledPassingScore }),
      ...(maxTimeAllowed === undefined ? {} : { maxTimeAllowed }),
    },
  };
}

/** `cmi.entry` (RTE 4.2.7): neither word when the learner looks again at what they have done before. */
function entryOf(previous: AttemptState, delivery: Delivery, mode: Mode): string {
  if (delivery.resumed) return "resume";
  return mode === "normal" || previous.sessions === 0 ? "ab-initio" : "";
}

/** The elements of `cmi` that a primary objective may read from a global one. */
const primaryElements: readonly (readonly [string, keyof DeliveredStatus])[] = [
  ["cmi.success_status", "successStatus"],
  ["cmi.completion_status", "completionStatus"],
  ["cmi.score.scaled", "scoreScaled"],
  ["cmi.score.raw", "scoreRaw"],
  ["cmi.score.min", "scoreMin"],
  ["cmi.score.max", "scoreMax"],
  ["cmi.progress_measure", "progressMeasure"],
];

function withPrimary(values: AttemptState["values"], known: DeliveredStatus): AttemptState["values"] {
  const next: Record<string, string> = { ...values };
  for (const [element, key] of primaryElements) {
    const text = valueText(known[key], next[element]);
    if (text !== undefined) next[element] = text;
  }
  return next;
}

function withObjectives(
  objectives: readonly ObjectiveState[],
  delivered: readonly DeliveredObjective[],
): readonly ObjectiveState[] {
  if (delivered.length === 0) return objectives;
  const next = objectives.slice();
  for (const known of delivered) {
    const at = next.findIndex((objective) => objective.id === known.id);
    const before = next[at];
    if (before === undefined) next.push(objectiveWith({ id: known.id }, known));
    else next[at] = objectiveWith(before, known);
  }
  return next;
}

const objectiveFields: readonly (readonly [
  Exclude<keyof ObjectiveState, "id" | "description">,
  keyof DeliveredStatus,
])[] = [
  ["success_status", "successStatus"],
  ["completion_status", "completionStatus"],
  ["score.scaled", "scoreScaled"],
  ["score.raw", "scoreRaw"],
  ["score.min", "scoreMin"],
  ["score.max", "scoreMax"],
  ["progress_measure", "progressMeasure"],
];

function objectiveWith(objective: ObjectiveState, known: DeliveredStatus): ObjectiveState {
  const next: { -readonly [field in keyof ObjectiveState]: ObjectiveState[field] } = { ...objective };
  for (const [field, key] of objectiveFields) {
    const text = valueText(known[key], next[field]);
    if (text !== undefined) next[field] = text;
  }
  return next;
}

/** A known value as text; undefined when nothing is known or the SCO has written the same number in its own way. */
function valueText(value: string | number | undefined, written: string | undefined): string | undefined {
  if (typeof value !== "number") return value;
  return numberOf(written) === value ? undefined : formatReal(value);
}
