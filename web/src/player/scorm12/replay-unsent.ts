import { foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { Scorm12Launch } from "../protocol/opened-launch.ts";

/** Applies the calls that the server has not received yet to its state, so that a reload loses nothing. */
export function replayUnsent(opened: Scorm12Launch, unsent: readonly JournalCall[]): InstanceState {
  const { outline, context, acknowledgedSeq } = opened;
  // A launch that comes back after another one had the lease first ends what that one left open.
  const own = foldJournal(outline, context, opened.state, []).state;
  return foldJournal(outline, context, { ...own, seq: acknowledgedSeq }, unsent).state;
}
