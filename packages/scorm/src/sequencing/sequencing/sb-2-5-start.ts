import { type Draft, enter, raise } from "../draft.ts";
import type { SequencingResult } from "../sequencing-result.ts";
import { flow } from "./sb-2-3-flow.ts";

/** SB.2.5 Start Sequencing Request Process. */
export function startSequencingRequest(draft: Draft): SequencingResult {
  enter(draft, "SB.2.5");
  const { root } = draft.course;
  // 1. A current activity means that the session has already begun.
  if (draft.current !== undefined) return raise(draft, "SB.2.5-1");
  // 2. A course of one activity.
  if (root.children.length === 0) return { delivery: root };
  // 3. Flow into the tree; where the book says which exception stopped it, that one is told.
  const { deliverable, next, ...ended } = flow(draft, root, "forward", true);
  if (deliverable) return { delivery: next };
  return ended.exception === undefined && !ended.endSequencingSession ? raise(draft, "SB.2.5-2") : ended;
}
