import type { Activity } from "../activity-index.ts";
import { type Draft, enter, raise } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";

/** SB.2.13 Jump Sequencing Request Process (4th edition). Delivers the target whatever the way to it says. */
export function jumpSequencingRequest(draft: Draft, target: Activity): SequencingResult {
  enter(draft, "SB.2.13", target);
  // 1. There must be a current activity.
  if (draft.current === undefined) return raise(draft, "SB.2.13-1");
  // 2.
  return { delivery: target };
}
