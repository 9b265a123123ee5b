/** What the gateway and the bridge say about a result: roll-up only, never an answer of the learner. */
export interface HostResult {
  readonly completion: Completion;
  readonly success: Success;
  /** As the course gave it; absent when there is none. */
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  /** Between -1 and 1; absent when the course gave none. */
  readonly scoreScaled?: number;
  /** Time spent in the course over all launches. */
  readonly totalSeconds: number;
  /** Where the learner is, in the course's own terms; may be empty. */
  readonly location: string;
}

export type Completion = "not attempted" | "incomplete" | "completed" | "unknown";
export type Success = "unknown" | "passed" | "failed";

/** A result that a host should be told; `sequence` grows within the session. */
export interface PendingResult {
  readonly sequence: number;
  readonly result: HostResult;
  readonly instanceToken: string;
}

const COMPLETION_NAMES: Readonly<Record<string, Completion>> = {
  COMPLETION_NOT_ATTEMPTED: "not attempted",
  COMPLETION_INCOMPLETE: "incomplete",
  COMPLETION_COMPLETE: "completed",
  COMPLETION_UNKNOWN: "unknown",
};
const SUCCESS_NAMES: Readonly<Record<string, Success>> = { SUCCESS_PASSED: "passed", SUCCESS_FAILED: "failed" };
const COMPLETIONS: readonly Completion[] = ["not attempted", "incomplete", "completed"];
const SUCCESSES: readonly Success[] = ["passed", "failed"];
/** Numbers of the contract's enums, by which results are signed. */
const COMPLETION_NUMBERS: Readonly<Record<Completion, number>> = {
  "not attempted": 1,
  incomplete: 2,
  completed: 3,
  unknown: 4,
};
const SUCCESS_NUMBERS: Readonly<Record<Success, number>> = { unknown: 1, passed: 2, failed: 3 };

/** A result from the contract's JSON, or as the bridge passes it on; what is absent or of another kind has its default. */
export function readHostResult(value: unknown): HostResult {
  const fields = isRecord(value) ? value : {};
  const score = (name: "scoreRaw" | "scoreMin" | "scoreMax" | "scoreScaled") => {
    const number = fields[name];
    return typeof number === "number" && Number.isFinite(number) ? { [name]: number } : {};
  };
  const { completion, success } = fields;
  return {
    completion: COMPLETION_NAMES[String(completion)] ?? COMPLETIONS.find((it) => it === completion) ?? "unknown",
    success: SUCCESS_NAMES[String(success)] ?? SUCCESSES.find((it) => it === success) ?? "unknown",
    ...score("scoreRaw"),
    ...score("scoreMin"),
    ...score("scoreMax"),
    ...score("scoreScaled"),
    totalSeconds: wholeNumber(fields.totalSeconds),
    location: typeof fields.location === "string" ? fields.location : "",
  };
}

/** A result as the contract's JSON. */
export function hostResultJson(result: HostResult): Record<string, unknown> {
  const { completion, success, totalSeconds, ...rest } = result;
  return {
    ...rest,
    completion: COMPLETION_NUMBERS[completion],
    success: SUCCESS_NUMBERS[success],
    totalSeconds: String(totalSeconds),
  };
}

/** The text of a result that callbacks are signed over. */
export function signedResultText(result: HostResult): string {
  return JSON.stringify([
    COMPLETION_NUMBERS[result.completion],
    SUCCESS_NUMBERS[result.success],
    result.scoreRaw ?? null,
    result.scoreMin ?? null,
    result.scoreMax ?? null,
    result.scoreScaled ?? null,
    result.totalSeconds,
    result.location,
    // The time of a result is not ours to say.
    "",
  ]);
}

/** A result to tell, from the contract's JSON; undefined when it has no sequence. */
export function readPendingResult(value: unknown): PendingResult | undefined {
  if (!isRecord(value)) return undefined;
  const sequence = wholeNumber(value.sequence);
  if (sequence < 1) return undefined;
  return { sequence, result: readHostResult(value.result), instanceToken: String(value.instanceToken ?? "") };
}

/** 64-bit numbers are texts in JSON. Anything else than a whole number from 0 is 0. */
export function wholeNumber(value: unknown): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : 0;
}

/** Whether a value has fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
