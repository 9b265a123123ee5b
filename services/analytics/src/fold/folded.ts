import type { Measures } from "./measures.ts";

/** Where a registration belongs; the nil UUID for what does not apply. */
export interface Place {
  readonly course_id: string;
  readonly destination_id: string;
  readonly dispatch_id: string;
  readonly source: string;
}

/** What a registration adds to one quarter hour, under the course version it was on then. */
export interface Slot {
  /** Beginning, Unix milliseconds. */
  readonly at: number;
  readonly course_version_id: string;
  /** The learner did something. */
  active: boolean;
  readonly measures: Measures;
}

/** Standing of a registration: columns of `registration_fact`; times in Unix milliseconds. */
export interface Standing extends Place {
  readonly course_version_id: string;
  readonly learner_id: string;
  readonly tags: readonly string[];
  readonly status: Status;
  readonly completion: number;
  readonly success: number;
  readonly score: number | null;
  readonly progress: number;
  readonly wall_ms: number;
  readonly active_ms: number;
  readonly reported_ms: number;
  readonly attempt_count: number;
  readonly attempts_to_pass: number;
  readonly launch_count: number;
  readonly open: boolean;
  readonly created_at: number;
  readonly first_launch_at: number | null;
  readonly first_active_at: number | null;
  readonly last_active_at: number | null;
  readonly completed_at: number | null;
  readonly passed_at: number | null;
  readonly last_activity_id: string;
}

/** One activity of the present try. */
export interface ActivityStanding {
  readonly activity_id: string;
  title: string;
  readonly reached_at: number;
  last_at: number;
  /** 0 for the activity that was reached first. */
  readonly rank: number;
  finished: boolean;
  stopped: boolean;
  score: number | null;
  wall_ms: number;
  active_ms: number;
  reported_ms: number;
}

/** The last answer to one question in the present try. */
export interface Answer {
  readonly activity_id: string;
  readonly question_id: string;
  readonly text: string;
  readonly type: string;
  readonly answer: string;
  readonly correct: boolean;
  readonly latency_ms: number | null;
  readonly answered_at: number;
}

/** Everything that follows from the events of one registration. */
export interface Folded {
  readonly standing: Standing;
  readonly learnerName: string;
  /** Event that told the name; undefined when none did. */
  readonly nameEventId: string | undefined;
  readonly slots: readonly Slot[];
  readonly activities: readonly ActivityStanding[];
  readonly answers: readonly Answer[];
}

/** Every registration is in exactly one. A verdict counts more than completion. */
export const STATUSES = ["not_attempted", "incomplete", "completed", "passed", "failed"] as const;

/** Position in {@link STATUSES} and one more, as the database has it. */
export type Status = 1 | 2 | 3 | 4 | 5;

export const NIL = "00000000-0000-0000-0000-000000000000";
