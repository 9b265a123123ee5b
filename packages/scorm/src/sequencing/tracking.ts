/**
 * The Tracking Model (SN 4.2, "Tracking Model"). The book keeps a status flag beside each value ("Objective Progress Status" true, then
 * "Objective Satisfied Status" counts); here a value that is not known is absent, so that no flag can disagree with its value.
 */
export interface ObjectiveProgress {
  /** Objective Satisfied Status; absent = Objective Progress Status is false. */
  readonly satisfied?: boolean;
  /** Objective Normalized Measure, -1..1; absent = Objective Measure Status is false. */
  readonly measure?: number;
  /** Objective Completion Status; absent = Objective Completion Progress Status is false. Of a primary objective: the attempt's own. */
  readonly completed?: boolean;
  /** Objective Completion Amount, 0..1; absent = Objective Completion Amount Status is false. Of a primary objective: the attempt's own. */
  readonly completionAmount?: number;
  /** Shared by `adlseq:mapInfo` only, never rolled up. */
  readonly scoreRaw?: number;
  readonly scoreMin?: number;
  readonly scoreMax?: number;
}

/**
 * What is known of one activity. Attempt Progress Information (Attempt Completion Status and Amount) stands with the primary objective,
 * because 4th-edition maps share it from there.
 */
export interface ActivityTracking {
  /** Activity Is Active. */
  readonly active: boolean;
  /** Activity Is Suspended. */
  readonly suspended: boolean;
  /** Activity Attempt Count; Activity Progress Status is true when it is above 0. */
  readonly attemptCount: number;
  /** One entry for each objective of the definition, the primary one first. */
  readonly objectives: readonly ObjectiveProgress[];
  /** Available Children as indexes into the definition's children; absent = all, in their order. */
  readonly availableChildren?: readonly number[];
  /** Recorded before the present attempt of the parent began: not used where the parent asks for current information only (SN 3.2, "Use Current Attempt"). */
  readonly staleObjectives?: boolean;
  readonly staleProgress?: boolean;
  /** Content itself said "unknown" in this attempt, so that ending the attempt decides nothing for it. */
  readonly successWithheld?: boolean;
  readonly completionWithheld?: boolean;
  /** When the attempt began or was last resumed, in milliseconds since 1970; present while active. */
  readonly activeSince?: number;
  /** Seconds; absent = 0. Absolute: since the attempt began, without the time it lay suspended. Experienced: what content reported as session time. */
  readonly attemptAbsoluteDuration?: number;
  readonly attemptExperiencedDuration?: number;
  readonly activityAbsoluteDuration?: number;
  readonly activityExperiencedDuration?: number;
  /** Session time of the present delivery that is in the experienced durations already: content reports it anew with every Commit. */
  readonly reportedSessionTime?: number;
}
