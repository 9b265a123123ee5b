import type { LaunchError } from "../protocol/launch-error.ts";

/** Where the calls of a launch are. `recorded` ≥ `acknowledged`; numbers are those of the journal. */
export interface JournalStatus {
  /** Number of the last call that was made. */
  readonly recorded: number;
  /** Every call up to this number is on the server's disk. */
  readonly acknowledged: number;
  /** Every call that the server has not acknowledged is durable on this device. */
  readonly kept: boolean;
  /** When the server last acknowledged something, in milliseconds since the epoch; 0 before. */
  readonly savedAt: number;
  /** Since when something waits to be acknowledged; 0 when nothing does. */
  readonly waitingSince: number;
  /** What keeps calls from the server, after more than a hiccup. */
  readonly trouble: "none" | "offline" | "failing";
  /** When the next try is due, in milliseconds since the epoch; 0 when none is planned. */
  readonly retryAt: number;
  /** The answer to the last request that failed, while there is trouble. */
  readonly error: LaunchError | undefined;
}

/** A journal that has nothing to save. */
export function settledStatus(acknowledged: number): JournalStatus {
  return {
    recorded: acknowledged,
    acknowledged,
    kept: true,
    savedAt: 0,
    waitingSince: 0,
    trouble: "none",
    retryAt: 0,
    error: undefined,
  };
}
