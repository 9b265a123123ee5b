import type { Activity } from "../activity-index.ts";
import { type Draft, enter } from "../draft.ts";
import type { TraversalDirection } from "../sequencing-result.ts";
import { choiceFlowTreeTraversal } from "./sb-2-9-2-choice-flow-tree-traversal.ts";

/** SB.2.9.1 Choice Flow Subprocess. The activity next to a constrained one, or itself at the edge of the tree. */
export function choiceFlow(draft: Draft, constrained: Activity, traversalDirection: TraversalDirection): Activity {
  enter(draft, "SB.2.9.1", constrained);
  // 1. to 3.
  return choiceFlowTreeTraversal(draft, constrained, traversalDirection) ?? constrained;
}
