import { type Draft, enter, raise, trackingOf } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";

/** SB.2.11 Exit Sequencing Request Process. */
export function exitSequencingRequest(draft: Draft): SequencingResult {
  enter(draft, "SB.2.11");
  // 1. There must be a current activity.
  if (draft.current === undefined) return raise(draft, "SB.2.11-1");
  // 2. Its attempt must have ended.
  if (trackingOf(draft, draft.current).active) return raise(draft, "SB.2.11-2");
  // 3. and 4. Leaving the root ends the session.
  return { endSequencingSession: draft.current.parent === undefined };
}
