import type { Scorm2004Behaviour } from "./behaviour.ts";
import type { StoredData } from "./data-model.ts";
import type { Scorm2004Policy } from "./policy.ts";

/** `cmi.mode` and `cmi.credit`, RTE 4.2.13 and 4.2.6. */
export type Mode = "normal" | "browse" | "review";
export type Credit = "credit" | "no-credit";

/**
 * Run-time data of one activity in one registration: of the learner attempt that is open or was the last one. Plain JSON, one row; text is
 * shared between states, never copied. What earlier attempts achieved is the sequencing core's business.
 */
export interface AttemptState extends StoredData {
  /** Number of the learner attempt that the data belongs to; 0 before the first, and always for an activity that is not tracked. */
  readonly attempt: number;
  /** How many sessions its SCO began with Initialize in this attempt. */
  readonly sessions: number;
  /** `cmi.exit` of the last session that ended; empty also when the SCO set none. */
  readonly exit: string;
  /** How the last session ended: the SCO called Terminate, or its window was closed. Empty before the first end. */
  readonly ended: "terminate" | "close" | "";
  /** Sum of the sessions that ended in this attempt, the base of `cmi.total_time`. */
  readonly totalCentiseconds: number;
  /** The communication session that is open in the launch that runs, or was left open by it. */
  readonly session?: SessionState;
}

/** A communication session between the delivery of the activity and its end. It carries what is needed to end it without the launch that began it. */
export interface SessionState {
  /** `opened` before Initialize, `running` until Terminate, then `terminated` (RTE 3.1.2). */
  readonly phase: "opened" | "running" | "terminated";
  readonly mode: Mode;
  readonly credit: Credit;
  readonly policy: Scorm2004Policy;
  readonly behaviour: Scorm2004Behaviour;
  /** `cmi.entry`, decided when the activity was delivered. */
  readonly entry: string;
  /** `cmi.exit` as far as the SCO has set it. */
  readonly exit: string;
  /** `cmi.session_time` as far as the SCO has set it. */
  readonly time: string;
  /** `adl.nav.request` as far as the SCO has set it. */
  readonly request: string;
  /** `cmi.completion_threshold`, 0..1. */
  readonly completionThreshold?: number;
  /** `cmi.scaled_passing_score`, -1..1. */
  readonly scaledPassingScore?: number;
  /** `cmi.max_time_allowed`. */
  readonly maxTimeAllowed?: string;
}

/** An attempt with its session, as `ScoSession` needs it. */
export type OpenAttempt = AttemptState & { readonly session: SessionState };

/** An activity that was never delivered. */
export const unopenedAttempt: AttemptState = {
  attempt: 0,
  sessions: 0,
  exit: "",
  ended: "",
  totalCentiseconds: 0,
  values: {},
  objectives: [],
  interactions: [],
  comments: [],
  warnings: [],
};

/** Whether the attempt is in the middle of a session that can be continued. */
export function isOpen(attempt: AttemptState): attempt is OpenAttempt {
  return attempt.session !== undefined;
}
