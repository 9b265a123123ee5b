import type { Credit, Mode } from "../cmi2004/attempt-state.ts";
import type { Scorm2004Policy } from "../cmi2004/policy.ts";

/** What is decided when a SCORM 2004 course is launched. Plain JSON: stored with the launch and given to the player, so that both fold alike. */
export interface Launch2004Context {
  readonly standard: "scorm2004";
  readonly id: string;
  readonly learnerId: string;
  /** `Last, First`. */
  readonly learnerName: string;
  readonly mode: Mode;
  readonly credit: Credit;
  readonly policy: Scorm2004Policy;
  /** A window that went away without a word suspends the course, so that the next launch goes on there; otherwise it ends the attempt on the course. */
  readonly resumeAfterClosedWindow: boolean;
}
