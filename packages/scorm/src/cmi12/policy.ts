/**
 * Where the book leaves a choice, or where published courses break it so often that a strict LMS would lose learners' work.
 * Each flag changes one named behaviour; `strictPolicy` is the letter of the book, `lenientPolicy` what real courses need.
 * Plain JSON: it travels with the launch and is stored with an open session.
 */
export interface Scorm12Policy {
  /** Refuse texts longer than CMIString255, CMIString4096 and CMIIdentifier allow (405). Otherwise they are kept whole and a warning is recorded. */
  readonly strictLengths: boolean;
  /** Characters beyond which a text is refused (405) even by a lenient policy: no course can fill the database. */
  readonly longestText: number;
  /** Refuse white space and unprintable characters in a CMIIdentifier (405). Otherwise any non-empty text is one. */
  readonly strictIdentifiers: boolean;
  /** Refuse a CMITimespan whose hours are not 2 to 4 digits (405). Otherwise 1 to 6 will do. */
  readonly strictTimespans: boolean;
  /** Refuse a response that does not have the form of its interaction type (405). Otherwise any text is a response. */
  readonly strictFeedback: boolean;
  /** Mastery score against `score.raw` replaces the status that the SCO set, in credit and normal mode (RTE 3.4.4, cmi.core.lesson_status). */
  readonly masteryOverridesStatus: boolean;
  /** Also when the SCO said `incomplete`. The Conformance Requirements (2.3, lesson_status) leave `incomplete` alone, so both presets do. */
  readonly masteryOverridesIncomplete: boolean;
  /** A session whose window was closed ends by the same status rules as `LMSFinish` ("or the user navigates away"). Otherwise an unset status becomes `incomplete`. */
  readonly closedWindowFinishes: boolean;
  /** A session whose window was closed before the SCO set `cmi.core.exit` is entered again with `resume` instead of the book's empty entry. */
  readonly resumeAfterClosedWindow: boolean;
  /** Forget location, suspend data, comments, objectives and interactions when a finished session did not end with `suspend`. Status, score, time and preferences stay. */
  readonly forgetUnlessSuspended: boolean;
}

/** Accepts what the widespread authoring tools send; deviations are recorded as warnings. The default. */
export const lenientPolicy: Scorm12Policy = {
  strictLengths: false,
  longestText: 1_000_000,
  strictIdentifiers: false,
  strictTimespans: false,
  strictFeedback: false,
  masteryOverridesStatus: true,
  masteryOverridesIncomplete: false,
  closedWindowFinishes: true,
  resumeAfterClosedWindow: false,
  forgetUnlessSuspended: false,
};

/** The letter of the book: what a conformance test or a course under development wants. */
export const strictPolicy: Scorm12Policy = {
  ...lenientPolicy,
  strictLengths: true,
  strictIdentifiers: true,
  strictTimespans: true,
  strictFeedback: true,
};
