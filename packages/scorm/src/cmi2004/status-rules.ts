import { parseReal } from "./real-number.ts";

/** Set with `cmi.completion_threshold` or `cmi.scaled_passing_score` when the LMS decides in the SCO's place. */
type Limit = number | undefined;

/**
 * `cmi.completion_status` as it counts (RTE 4.2.4.1): with a threshold the progress measure decides, and without a measure nothing is known,
 * whatever the SCO has set. Without a threshold the SCO decides.
 */
export function evaluatedCompletion(
  set: string | undefined,
  progressMeasure: string | undefined,
  threshold: Limit,
): string {
  if (threshold === undefined) return set ?? "unknown";
  const measure = numberOf(progressMeasure);
  return measure === undefined ? "unknown" : measure >= threshold ? "completed" : "incomplete";
}

/** `cmi.success_status` as it counts (RTE 4.2.21.1): the same with the scaled score and the scaled passing score. */
export function evaluatedSuccess(set: string | undefined, scaled: string | undefined, passingScore: Limit): string {
  if (passingScore === undefined) return set ?? "unknown";
  const score = numberOf(scaled);
  return score === undefined ? "unknown" : score >= passingScore ? "passed" : "failed";
}

/** The number of a value that was accepted before. */
export function numberOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : parseReal(value, false);
}
