import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";

/** The learner's last session, as far as it decides how a launch goes on. */
export interface LastSession {
  readonly instance_token: string;
  readonly finished_at: Date | null;
  readonly acknowledgement: Acknowledgement;
  readonly settled_at: Date | null;
  readonly attempt_count: number;
}

/** What a launch says of where the learner is. */
export interface EntryFacts {
  /** One instance per learner for ever. */
  readonly isStatic: boolean;
  /** The host says that this is a fresh entry. */
  readonly freshEntry: boolean;
  /** From the host's suspend_data; empty: it has none. */
  readonly instanceToken: string;
  /** The terms let another instance begin. */
  readonly mayBeginAnew: boolean;
}

/** Told so often and not taken, a result no longer keeps a learner from beginning anew. */
const ENOUGH_ATTEMPTS = 3;

/**
 * Whether a launch begins another instance. A host that says `ab-initio` may have lost what it had, or never have got it; so an instance that
 * is unfinished, or whose result the host has not taken, goes on, and what was missing is told at once.
 */
export function beginsAnotherInstance(last: LastSession, entry: EntryFacts): boolean {
  if (entry.isStatic || !entry.mayBeginAnew || !entry.freshEntry) return false;
  // It still has our token, so it is not fresh whatever it says.
  if (entry.instanceToken === last.instance_token) return false;
  if (last.finished_at === null) return false;
  // What came about without a host, by a launch link, is owed to the first that comes.
  const isTaken = last.acknowledgement === Acknowledgement.ACCEPTED;
  return isTaken || last.settled_at !== null || last.attempt_count >= ENOUGH_ATTEMPTS;
}
