import type { SharedData } from "../cmi2004/shared-data.ts";
import type { Delivery } from "../sequencing/run-time-input.ts";
import type { SequencingState } from "../sequencing/session.ts";

/** Where a sequencing session stands: an activity is delivered; the learner has to choose one; it goes on with the next start; it is over. */
export type SequencingStatus = "active" | "waiting" | "suspended" | "ended";

/**
 * What sequencing said about one call of a journal: a `Navigate`, or a `Terminate` after which nobody asked to go on. Plain JSON, kept for good
 * beside the journal, so that a replay needs nobody else, and given to the player as it is.
 */
export interface SequencingAnswer {
  /** Launch whose journal has the call. */
  readonly launch: string;
  /** Number of the call. */
  readonly seq: number;
  /** False: the request was refused and nothing has changed. */
  readonly accepted: boolean;
  /** Exception code of the book, "" for none. */
  readonly exception: string;
  readonly status: SequencingStatus;
  /** The activity that is to be opened because of this answer; absent: nothing new is. */
  readonly delivery?: Delivery;
  /** Texts that activities share, as they stand now. */
  readonly shared: SharedData;
  readonly state: SequencingState;
  /** SHA-256 of the state's canonical JSON, in lower-case hexadecimal. */
  readonly stateHash: string;
  /** Steps of the session so far. */
  readonly revision: number;
}
