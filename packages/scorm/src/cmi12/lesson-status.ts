import { isDecimal } from "./data-type.ts";
import type { Scorm12Policy } from "./policy.ts";

/** Vocabulary Status, RTE 3.4.4. */
export type LessonStatus = "passed" | "completed" | "failed" | "incomplete" | "browsed" | "not attempted";
export type LessonMode = "normal" | "browse" | "review";
export type Credit = "credit" | "no-credit";

/** Only a session for credit in normal mode changes what the learner has achieved (RTE 3.4.4, cmi.core.credit and lesson_mode). */
export function counts(mode: LessonMode, credit: Credit): boolean {
  return mode === "normal" && credit === "credit";
}

export interface EndedSession {
  readonly mode: LessonMode;
  readonly credit: Credit;
  /** As it stands when the session ends; `not attempted` means that no SCO ever set one, because a SCO cannot set that word. */
  readonly status: string;
  readonly scoreRaw: string;
  /** `adlcp:masteryscore` as in the manifest, empty when there is none. */
  readonly masteryScore: string;
  /** Whether the SCO called LMSFinish, or its window was closed. */
  readonly finished: boolean;
}

/** The status after LMSFinish or after the learner went away: RTE 3.4.4 cmi.core.lesson_status, and Conformance Requirements 1.2, 2.3. */
export function statusAfterSession(session: EndedSession, policy: Scorm12Policy): string {
  const { status, mode } = session;
  const unset = status === "not attempted";
  if (mode === "browse") return unset ? "browsed" : status;
  // In review, and without credit, the LMS changes nothing: item 3 of the rules in the book.
  if (!counts(mode, session.credit)) return status;
  if (unset && !session.finished && !policy.closedWindowFinishes) return "incomplete";
  if (status === "incomplete" && !policy.masteryOverridesIncomplete) return status;
  if (unset || policy.masteryOverridesStatus) {
    const verdict = masteryVerdict(session.scoreRaw, session.masteryScore);
    if (verdict !== undefined) return verdict;
  }
  return unset ? "completed" : status;
}

/** Undefined when the manifest has no (readable) mastery score or the SCO reported no score. */
function masteryVerdict(scoreRaw: string, masteryScore: string): "passed" | "failed" | undefined {
  const mastery = masteryScore.trim();
  if (scoreRaw === "" || !isDecimal(mastery)) return undefined;
  return Number(scoreRaw) >= Number(mastery) ? "passed" : "failed";
}
