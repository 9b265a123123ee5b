import type { SessionTerms } from "../cmi12/open-activity.ts";
import type { LearnerFacts } from "../cmi12/sco-session.ts";

/** What is decided when a course is launched. Plain JSON: stored with the launch and given to the player, so that both fold alike. */
export interface LaunchContext extends LearnerFacts, SessionTerms {
  /** Identifies the launch; a different one ends what the launch before has left open. */
  readonly id: string;
}
