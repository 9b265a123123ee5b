import type { Reason } from "./reason.ts";

/** Statuses an entry shows; `locked` only while the activity cannot be opened and nothing was achieved in it. */
export type EntryStatus =
  | "notAttempted"
  | "incomplete"
  | "completed"
  | "passed"
  | "failed"
  | "browsed"
  | "locked"
  /** The course passes over it: what it is about is known already. */
  | "notNeeded";

/** One line of the contents. */
export interface ContentsEntry {
  readonly identifier: string;
  readonly title: string;
  /** Absent for a cluster that has no activity of its own. */
  readonly status?: EntryStatus;
  readonly current: boolean;
  /** Whether choosing it would open something. */
  readonly selectable: boolean;
  /** Why it is not selectable, where there are words for it. */
  readonly reason?: Reason;
  readonly children: readonly ContentsEntry[];
}
