import type { Activity } from "../activity-index.ts";
import { nextSibling, previousSibling } from "../activity-path.ts";
import { availableChildren, type Draft, enter, raise } from "../draft.ts";
import type { FlowTreeResult, TraversalDirection } from "../sequencing-result.ts";
import { terminateDescendentAttempts } from "../utility/up-3-terminate-descendent-attempts.ts";

/** SB.2.1 Flow Tree Traversal Subprocess. The activity next to this one in the available tree, which need not be deliverable. */
export function flowTreeTraversal(
  draft: Draft,
  activity: Activity,
  traversalDirection: TraversalDirection,
  considerChildren: boolean,
  previousTraversalDirection?: TraversalDirection,
): FlowTreeResult {
  enter(draft, "SB.2.1", activity);
  // 1. and 2. Walking backward into a cluster that allows forward only, the walk turned; at its last child it turns back.
  let direction = traversalDirection;
  let at = activity;
  let reversedDirection = false;
  if (
    previousTraversalDirection === "backward" &&
    activity.parent !== undefined &&
    nextSibling(draft, activity) === undefined
  ) {
    direction = "backward";
    at = availableChildren(draft, activity.parent)[0] ?? activity;
    reversedDirection = true;
  }
  return direction === "forward"
    ? forward(draft, at, considerChildren)
    : backward(draft, at, considerChildren, reversedDirection);
}

function forward(draft: Draft, activity: Activity, considerChildren: boolean): FlowTreeResult {
  const children = availableChildren(draft, activity);
  // 3.1 The end of the tree. The last leaf gets here over its ancestors (3.2.1), so that only the root has to be looked at.
  if (activity.parent === undefined && (!considerChildren || activity.children.length === 0)) {
    terminateDescendentAttempts(draft, activity);
    if (!draft.behaviour.flowingPastTheEndEndsSession) return raise(draft, "SB.2.1-1");
    return { endSequencingSession: true };
  }
  // 3.2 Past a leaf, or past a whole cluster: the next sibling, or whatever follows the parent.
  if (activity.children.length === 0 || !considerChildren) {
    const next = nextSibling(draft, activity);
    if (next !== undefined) return { next, direction: "forward" };
    return flowTreeTraversal(draft, activity.parent ?? activity, "forward", false);
  }
  // 3.3 Into a cluster.
  const [first] = children;
  return first === undefined ? raise(draft, "SB.2.1-2") : { next: first, direction: "forward" };
}

function backward(
  draft: Draft,
  activity: Activity,
  considerChildren: boolean,
  reversedDirection: boolean,
): FlowTreeResult {
  // 4.1 Nothing lies before the root.
  if (activity.parent === undefined) return raise(draft, "SB.2.1-3");
  // 4.2 Before a leaf, or before a whole cluster.
  if (activity.children.length === 0 || !considerChildren) {
    // 4.2.1 Not where the parent allows forward only, unless the walk has just turned.
    if (!reversedDirection && activity.parent.controlMode.forwardOnly) return raise(draft, "SB.2.1-4");
    // 4.2.2 and 4.2.3
    const previous = previousSibling(draft, activity);
    if (previous !== undefined) return { next: previous, direction: "backward" };
    return flowTreeTraversal(draft, activity.parent, "backward", false);
  }
  // 4.3 Into a cluster: from its end, or from its beginning when it allows forward only.
  const children = availableChildren(draft, activity);
  const [first] = children;
  const last = children.at(-1);
  if (first === undefined || last === undefined) return raise(draft, "SB.2.1-2");
  return activity.controlMode.forwardOnly
    ? { next: first, direction: "forward" }
    : { next: last, direction: "backward" };
}
