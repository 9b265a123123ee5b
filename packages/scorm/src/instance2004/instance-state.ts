import type { AttemptState } from "../cmi2004/attempt-state.ts";
import type { SharedData } from "../cmi2004/shared-data.ts";
import type { CourseResult } from "../course/roll-up.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import type { AttemptReport } from "../sequencing/run-time-input.ts";
import type { SequencingAnswer } from "./sequencing-answer.ts";

/** All that an instance of a SCORM 2004 course remembers: the fold of its journals and of the sequencing answers beside them. Plain JSON. */
export interface Instance2004State {
  readonly v: 1;
  readonly standard: "scorm2004";
  /** Launch whose journal was folded last; empty before the first. */
  readonly launch: string;
  /** Number of the last call of that journal that was folded. */
  readonly seq: number;
  /** The delivered activity; empty when none is. */
  readonly current: string;
  /** By activity identifier; an activity that was never delivered is absent. An activity that a fold did not touch keeps its identity. */
  readonly attempts: Readonly<Record<string, AttemptState>>;
  /** Texts that activities share, as the delivered activity has left them. */
  readonly shared: SharedData;
  /** The newest answer, of whichever launch; absent before the first start. */
  readonly answer?: SequencingAnswer;
  /** What sequencing has still to be asked. */
  readonly unanswered?: UnansweredStep;
  /** What the attempts on the course that have ended came to; absent before the first end. */
  readonly achieved?: Achieved;
}

/** The part of a course's result that a new attempt, of which nothing is known yet, does not take away. */
export type Achieved = Pick<CourseResult, "completion" | "success" | "score" | "progress">;

/** A call that needs an answer, with all that sequencing must be told, as it stood at that call. */
export interface UnansweredStep {
  /** Number of the call in the journal of the state's launch. */
  readonly seq: number;
  /** Milliseconds since 1970, by the learner's clock. */
  readonly at: number;
  /** The delivered activity; empty when none is, and then there is no report. */
  readonly activity: string;
  /** Absent when no activity is delivered, or when its attempt is abandoned. */
  readonly report?: AttemptReport;
  /** The shared texts as the activity leaves them; present with a report. */
  readonly shared?: SharedData;
  /** What is asked; absent after a Terminate alone. */
  readonly navigation?: NavigationRequest;
  readonly source: "player" | "content" | "system";
}

/** State of an activity, undefined when it was never delivered. Identifiers come from manifests, which may call an item `constructor`. */
export function attemptIn(attempts: Instance2004State["attempts"], identifier: string): AttemptState | undefined {
  return Object.hasOwn(attempts, identifier) ? attempts[identifier] : undefined;
}

/** An instance that nobody has launched. */
export const emptyInstance2004: Instance2004State = {
  v: 1,
  standard: "scorm2004",
  launch: "",
  seq: 0,
  current: "",
  attempts: {},
  shared: {},
};
