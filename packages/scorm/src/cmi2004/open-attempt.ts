import type { DeliveredObjective, DeliveredStatus, Delivery } from "../sequencing/run-time-input.ts";
import { type AttemptState, type Credit, type Mode, type OpenAttempt, unopenedAttempt } from "./attempt-state.ts";
import type { Scorm2004Behaviour } from "./behaviour.ts";
import type { ObjectiveState, ObjectiveStatus, WritableObjective } from "./list-state.ts";
import type { Scorm2004Policy } from "./policy.ts";
import { formatReal } from "./real-number.ts";
import { numberOf } from "./status-rules.ts";
import { formatTimeInterval } from "./time-interval.ts";

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
  const { completionThreshold, scaledPassingScore } = delivery;
  const maxTimeAllowed = maxTimeOf(delivery);
  return {
    ...base,
    attempt: delivery.attempt,
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

/** `cmi.max_time_allowed`: as the manifest has it. */
function maxTimeOf({ maxTimeAllowed, maxTimeAllowedText }: Delivery): string | undefined {
  if (maxTimeAllowedText !== undefined || maxTimeAllowed === undefined) return maxTimeAllowedText;
  return formatTimeInterval(Math.round(maxTimeAllowed * 100));
}

/** `cmi.entry` (RTE 4.2.7): neither word when the learner looks again at what they have done before. */
function entryOf(previous: AttemptState, delivery: Delivery, mode: Mode): string {
  if (delivery.resumed) return "resume";
  return mode === "normal" || previous.sessions === 0 ? "ab-initio" : "";
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

const statuses: readonly (readonly [ObjectiveStatus, "successStatus" | "completionStatus"])[] = [
  ["success_status", "successStatus"],
  ["completion_status", "completionStatus"],
];

const measures = [
  ["score.scaled", "scoreScaled"],
  ["score.raw", "scoreRaw"],
  ["score.min", "scoreMin"],
  ["score.max", "scoreMax"],
  ["progress_measure", "progressMeasure"],
] as const;

function objectiveWith(objective: ObjectiveState, known: DeliveredStatus): ObjectiveState {
  const next: WritableObjective = { ...objective };
  const restored = new Set(objective.restored);
  for (const [field, key] of statuses) {
    const status = known[key];
    if (status === undefined || status === next[field]) continue;
    next[field] = status;
    restored.add(field);
  }
  for (const [field, key] of measures) {
    const measure = known[key];
    // The SCO's own spelling of the same number stays.
    if (measure !== undefined && numberOf(next[field]) !== measure) next[field] = formatReal(measure);
  }
  if (restored.size > 0) next.restored = [...restored];
  return next;
}
