import type { LaunchError } from "../protocol/launch-error.ts";

/** Why a course cannot be opened, as the learner is told. */
export interface Refusal {
  /** `left`: by the learner, who may open it again. */
  readonly why: "full" | "ended" | "notBegun" | "paused" | "left" | "over" | "unknown" | "failed";
  /** For `ended` and `notBegun`: when, in milliseconds since the epoch; undefined when the server does not say. */
  readonly at: number | undefined;
  /** What the learner quotes to the training provider; empty when there is none. */
  readonly code: string;
  readonly error: LaunchError;
}

const reasons: Readonly<Record<string, Refusal["why"]>> = {
  USAGE_LIMIT_EXCEEDED: "full",
  LICENCE_FULL: "full",
  PACKAGE_EXPIRED: "ended",
  LICENCE_ENDED: "ended",
  LICENCE_NOT_BEGUN: "notBegun",
  DISPATCH_PAUSED: "paused",
  LICENCE_PAUSED: "paused",
};

/**
 * Reads a refusal out of an answer.
 * @param again the learner has asked to open again what they had left, and there is no use in offering it once more.
 */
export function refusalOf(error: LaunchError, again = false): Refusal {
  const { expire_time: ended, begin_time: begins, code = "", end } = error.metadata;
  const over = end === "EXIT" && !again ? "left" : "over";
  const why = reasons[error.reason] ?? (error.status === 410 ? over : error.status === 404 ? "unknown" : "failed");
  const at = Date.parse((why === "notBegun" ? begins : ended) ?? "");
  return { why, at: Number.isNaN(at) ? undefined : at, code, error };
}
