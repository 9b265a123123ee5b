import { type Draft, enter, raise } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";

/** SB.2.6 Resume All Sequencing Request Process. */
export function resumeAllSequencingRequest(draft: Draft): SequencingResult {
  enter(draft, "SB.2.6");
  // 1. A current activity means that the session has already begun.
  if (draft.current !== undefined) return raise(draft, "SB.2.6-1");
  // 2. Nothing was suspended.
  if (draft.suspended === undefined) return raise(draft, "SB.2.6-2");
  // 3.
  return { delivery: draft.suspended };
}
