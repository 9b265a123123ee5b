import type { InteractionState as Interaction12 } from "../cmi12/list-state.ts";
import type { InteractionState as Interaction2004 } from "../cmi2004/list-state.ts";

/** Numbers of a score as far as content gave them. */
export interface PartialScore {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

/** How things stand; what nobody said is absent. */
export interface Outcome {
  readonly completion?: boolean;
  readonly success?: boolean;
  readonly score?: PartialScore;
}

/** A status that others are told about when a SCO comes to it. */
export type ToldStatus = "completed" | "passed" | "failed";

/** What is told about a SCO, whatever the standard: what changed is found by comparing two of them. */
export interface ActivityStanding extends Outcome {
  /** Number of the learner attempt; 0 where data goes on through the whole instance, as in SCORM 1.2. */
  readonly attempt: number;
  /** Sessions that began in this attempt. */
  readonly session: number;
  /** Whether a session runs: between Initialize and Terminate. */
  readonly running: boolean;
  /** Whether the newest session went on with what earlier ones had left. */
  readonly resumed: boolean;
  /** Whether the last session that ended can be gone on with. */
  readonly suspended: boolean;
  readonly statuses: readonly ToldStatus[];
  /** Of the sessions that ended. */
  readonly totalCentiseconds: number;
  /** An interaction that nobody wrote to keeps its identity. */
  readonly interactions: readonly (Interaction12 | Interaction2004)[];
}

/** An activity before and after some calls. */
export interface StandingChange {
  readonly activity: string;
  readonly title: string;
  /** Undefined when it had never been opened. */
  readonly before: ActivityStanding | undefined;
  readonly after: ActivityStanding;
}
