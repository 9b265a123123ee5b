import type { Activity } from "../activity-index.ts";
import { nextSibling, previousSibling } from "../activity-path.ts";
import { type Draft, enter } from "../draft.ts";
import type { TraversalDirection } from "../sequencing-result.ts";

/** SB.2.9.2 Choice Flow Tree Traversal Subprocess. The sibling next to the activity, or next to its parent, and so on; undefined at the edge of the tree. */
export function choiceFlowTreeTraversal(
  draft: Draft,
  activity: Activity,
  traversalDirection: TraversalDirection,
): Activity | undefined {
  enter(draft, "SB.2.9.2", activity);
  // 1.1 and 2.1 Nothing lies beside the root.
  if (activity.parent === undefined) return undefined;
  // 1.3 and 2.3 The sibling.
  const sibling = traversalDirection === "forward" ? nextSibling(draft, activity) : previousSibling(draft, activity);
  // 1.2 and 2.2 At the end of the siblings, what lies beside the parent.
  return sibling ?? choiceFlowTreeTraversal(draft, activity.parent, traversalDirection);
}
