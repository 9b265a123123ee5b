import { type Draft, enter, raise, trackingOf } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";
import { flow } from "./sb-2-3-flow.ts";

/** SB.2.10 Retry Sequencing Request Process. */
export function retrySequencingRequest(draft: Draft): SequencingResult {
  enter(draft, "SB.2.10");
  // 1. There must be a current activity.
  if (draft.current === undefined) return raise(draft, "SB.2.10-1");
  // 2. Its attempt must have ended.
  const { active, suspended } = trackingOf(draft, draft.current);
  if (active || suspended) return raise(draft, "SB.2.10-2");
  // 4. A leaf is delivered again.
  if (draft.current.children.length === 0) return { delivery: draft.current };
  // 3. A cluster is flowed into again.
  const { deliverable, next } = flow(draft, draft.current, "forward", true);
  return deliverable ? { delivery: next } : raise(draft, "SB.2.10-3");
}
