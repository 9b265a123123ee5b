import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { FailedStep } from "../suite-result.ts";
import type { CaseCall } from "./case-form.ts";

/** A learning management system as a case sees it: one learner's registration for one course. */
export interface LearningSystem {
  /** The activity that runs, undefined when none does. */
  readonly running: RunningSco | undefined;
  /** Whether a sequencing session is under way. */
  readonly isOpen: boolean;
  /** What the last request led to, for the report of a failure. */
  readonly lastOutcome: string;
  /** Launches the course: resumes what was suspended, otherwise starts. */
  launch(): void;
  /** Ends what runs and carries out what the learner asks for with a control of the player; with nothing asked, what the SCO asked for decides. */
  leave(byLearner: NavigationRequest | undefined): void;
}

/** A SCO that runs, with the player's controls around it. Activities are named by identifier. */
export interface RunningSco {
  readonly activity: string;
  /** How many times it has been delivered so far. */
  readonly visits: number;
  /** A control that is not there cannot be used either. */
  readonly canContinue: boolean;
  readonly canGoBack: boolean;
  canChoose(activity: string): boolean;
  /** Makes a call of the SCO's script; undefined when the answer and the error code are what the case expects. */
  call(call: CaseCall): FailedStep | undefined;
}
