import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import type { FlowResult, TraversalDirection } from "../sequencing-result.ts";
import { flowTreeTraversal } from "./sb-2-1-flow-tree-traversal.ts";
import { flowActivityTraversal } from "./sb-2-2-flow-activity-traversal.ts";

/** SB.2.3 Flow Subprocess. */
export function flow(
  draft: Draft,
  activity: Activity,
  traversalDirection: TraversalDirection,
  considerChildren: boolean,
): FlowResult {
  enter(draft, "SB.2.3", activity);
  // 1. to 3. A first step without looking at rules; without one the walk ends where it began.
  const { next, direction: _, ...ended } = flowTreeTraversal(draft, activity, traversalDirection, considerChildren);
  if (next === undefined) return { deliverable: false, next: activity, ...ended };
  // 4. From there to something deliverable.
  return flowActivityTraversal(draft, next, traversalDirection);
}
