import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";

/** What of the calls that were found on the device the server has to be sent: in order, the first right after `acknowledged`, up to a gap. */
export function unsentCalls(acknowledged: number, found: readonly JournalCall[]): readonly JournalCall[] {
  const unsent: JournalCall[] = [];
  for (const call of found) if (call.seq === acknowledged + unsent.length + 1) unsent.push(call);
  return unsent;
}
