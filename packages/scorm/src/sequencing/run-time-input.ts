/**
 * What passes between the run-time environment and the sequencing core. The core never sees the CMI data model: it hands out a `Delivery` when an
 * activity is to be launched, and is told an `AttemptReport` whenever the content's data changed.
 */
export interface AttemptReport {
  /**
   * `cmi.completion_status` as GetValue would answer it (with the completion threshold applied). Absent when content never set it in this attempt and
   * no threshold decides: then ending the attempt makes it completed (UP.4). "unknown" is content's own word, and stays unknown.
   */
  readonly completionStatus?: CompletionStatus;
  /** `cmi.success_status` likewise, with the scaled passing score applied; absent = never set, and ending the attempt satisfies (UP.4). */
  readonly successStatus?: SuccessStatus;
  /** `cmi.score.*` and `cmi.progress_measure`, absent when they were never set. */
  readonly scoreScaled?: number;
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  readonly progressMeasure?: number;
  /** `cmi.objectives.n`, also those that no definition names; the core takes those whose id is an objective of the activity. */
  readonly objectives: readonly ObjectiveReport[];
  /** `cmi.exit`; "" when it was never set. */
  readonly exit: ExitReason;
  /** `cmi.session_time` of this session in seconds, absent when it was never set. */
  readonly sessionTime?: number;
}

/** One entry of `cmi.objectives`. */
export interface ObjectiveReport {
  readonly id: string;
  /** Absent = never set. */
  readonly completionStatus?: CompletionStatus;
  readonly successStatus?: SuccessStatus;
  readonly scoreScaled?: number;
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  readonly progressMeasure?: number;
}

export type CompletionStatus = "completed" | "incomplete" | "not attempted" | "unknown";
export type SuccessStatus = "passed" | "failed" | "unknown";
export type ExitReason = "" | "normal" | "suspend" | "logout" | "time-out";

/** The activity that is to be launched now, and what its data model begins with. */
export interface Delivery {
  /** Identifier of the activity. */
  readonly activity: string;
  /** Which attempt this is, from 1; 0 for an activity that is not tracked. */
  readonly attempt: number;
  /** True when the attempt was suspended and goes on: its run-time data stays (`cmi.entry` "resume"). Else a new attempt begins with new data. */
  readonly resumed: boolean;
  /** Objectives of the activity that have an id, primary one first: the initial `cmi.objectives` (RTE 4.2.17), with what global objectives know. */
  readonly objectives: readonly DeliveredObjective[];
  /** Id of the primary objective when it has one. Its values stand in its entry of `cmi.objectives` only: `cmi.success_status`, `cmi.score` and so on begin unknown. */
  readonly primaryObjective?: string;
  /** `cmi.scaled_passing_score`: present when the primary objective is satisfied by measure. */
  readonly scaledPassingScore?: number;
  /** `cmi.completion_threshold`: present when a threshold applies. */
  readonly completionThreshold?: number;
  /** `cmi.max_time_allowed` in seconds, and as the manifest writes it, which is what GetValue answers. */
  readonly maxTimeAllowed?: number;
  readonly maxTimeAllowedText?: string;
}

/** Values that are known; absent ones are unknown. */
export interface DeliveredStatus {
  readonly successStatus?: "passed" | "failed";
  readonly completionStatus?: "completed" | "incomplete";
  readonly scoreScaled?: number;
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
  readonly progressMeasure?: number;
}

export interface DeliveredObjective extends DeliveredStatus {
  readonly id: string;
}
