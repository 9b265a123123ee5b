import type { StoredData } from "./data-model.ts";
import type { Credit, LessonMode } from "./lesson-status.ts";
import type { Scorm12Policy } from "./policy.ts";

/** Everything that is kept about one activity of one instance. Plain JSON, one row; text is shared between states, never copied. */
export interface ActivityState extends StoredData {
  /** How often it was opened. */
  readonly opened: number;
  /** How many sessions its SCO began with LMSInitialize. */
  readonly sessions: number;
  /** `cmi.core.exit` of the last session that ended; empty also when the SCO set none. */
  readonly exit: string;
  /** How the last session ended: the SCO called LMSFinish, or its window was closed. Empty before the first end. */
  readonly ended: "finish" | "close" | "";
  /** Sum of the sessions that ended, the base of `cmi.core.total_time`. */
  readonly totalCentiseconds: number;
  /** What the learner has achieved, while `values` hold what a session without credit, in browse or in review mode made of it. */
  readonly credited?: CreditedResult;
  /** The attempt that is open in the launch that runs, or was left open by it. */
  readonly session?: SessionState;
}

/** Values of `cmi.core` that count. */
export interface CreditedResult {
  readonly status: string;
  readonly raw: string;
  readonly min: string;
  readonly max: string;
}

/** An attempt between opening the activity and leaving it. It carries what is needed to end it without the launch that began it. */
export interface SessionState {
  /** `opened` before LMSInitialize, `running` until LMSFinish, then `finished`. */
  readonly phase: "opened" | "running" | "finished";
  readonly mode: LessonMode;
  readonly credit: Credit;
  readonly policy: Scorm12Policy;
  /** `cmi.core.entry`, decided when the activity was opened. */
  readonly entry: string;
  /** `cmi.core.exit` as far as the SCO has set it. */
  readonly exit: string;
  /** `cmi.core.session_time` as far as the SCO has set it. */
  readonly time: string;
}

/** An activity that nobody has opened. */
export const unopenedActivity: ActivityState = {
  opened: 0,
  sessions: 0,
  exit: "",
  ended: "",
  totalCentiseconds: 0,
  values: {},
  objectives: [],
  interactions: [],
  warnings: [],
};
