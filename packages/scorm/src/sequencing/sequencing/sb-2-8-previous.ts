import { type Draft, enter, raise } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";
import { flow } from "./sb-2-3-flow.ts";

/** SB.2.8 Previous Sequencing Request Process. */
export function previousSequencingRequest(draft: Draft): SequencingResult {
  enter(draft, "SB.2.8");
  // 1. There must be a current activity.
  if (draft.current === undefined) return raise(draft, "SB.2.8-1");
  // 2. Flow is the parent's to allow.
  if (draft.current.parent !== undefined && !draft.current.parent.controlMode.flow) return raise(draft, "SB.2.8-2");
  // 3. to 5.
  const { deliverable, next, ...ended } = flow(draft, draft.current, "backward", false);
  return deliverable ? { delivery: next } : ended;
}
