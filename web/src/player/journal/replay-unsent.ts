import { foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { OpenedLaunch } from "../protocol/opened-launch.ts";

/** A launch as it stands on this device: the server's state, and what it has not received yet. */
export interface ReplayedLaunch {
  readonly state: InstanceState;
  /** Calls that the server has to be sent, in order, the first right after `acknowledgedSeq`. */
  readonly unsent: readonly JournalCall[];
}

/** Applies the calls that were found on the device to the server's state, so that a reload loses nothing. */
export function replayUnsent(opened: OpenedLaunch, found: readonly JournalCall[]): ReplayedLaunch {
  const { outline, context, acknowledgedSeq } = opened;
  // A launch that comes back after another one had the lease first ends what that one left open.
  const own = foldJournal(outline, context, opened.state, []).state;
  const unsent: JournalCall[] = [];
  for (const call of found) if (call.seq === acknowledgedSeq + unsent.length + 1) unsent.push(call);
  const { state } = foldJournal(outline, context, { ...own, seq: acknowledgedSeq }, unsent);
  return { state, unsent };
}
