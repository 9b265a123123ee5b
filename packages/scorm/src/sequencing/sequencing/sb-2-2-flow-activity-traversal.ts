import type { Activity } from "../activity-index.ts";
import { type Draft, enter, raise } from "../draft.ts";
import type { FlowResult, TraversalDirection } from "../sequencing-result.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";
import { checkActivity } from "../utility/up-5-check-activity.ts";
import { flowTreeTraversal } from "./sb-2-1-flow-tree-traversal.ts";

/** SB.2.2 Flow Activity Traversal Subprocess. Walks on from a candidate, over what is skipped and into clusters, to a leaf that can be delivered. */
export function flowActivityTraversal(
  draft: Draft,
  activity: Activity,
  traversalDirection: TraversalDirection,
  previousTraversalDirection?: TraversalDirection,
): FlowResult {
  enter(draft, "SB.2.2", activity);
  // 1. Flow is the parent's to allow.
  if (activity.parent !== undefined && !activity.parent.controlMode.flow) {
    return { deliverable: false, next: activity, ...raise(draft, "SB.2.2-1") };
  }
  // 2. and 3. Over a skipped activity.
  if (sequencingRulesCheck(draft, activity, activity.preConditionRules.skip) !== undefined) {
    const { next, direction, ...ended } = flowTreeTraversal(
      draft,
      activity,
      traversalDirection,
      false,
      previousTraversalDirection,
    );
    if (next === undefined) return { deliverable: false, next: activity, ...ended };
    return previousTraversalDirection === "backward" && direction === "backward"
      ? flowActivityTraversal(draft, next, "backward")
      : flowActivityTraversal(draft, next, traversalDirection, previousTraversalDirection);
  }
  // 4. and 5. A disabled activity blocks the way.
  if (checkActivity(draft, activity)) return { deliverable: false, next: activity, ...raise(draft, "SB.2.2-2") };
  // 7. A leaf is what was looked for.
  if (activity.children.length === 0) return { deliverable: true, next: activity };
  // 6. Into a cluster.
  const { next, direction, ...ended } = flowTreeTraversal(draft, activity, traversalDirection, true);
  if (next === undefined) return { deliverable: false, next: activity, ...ended };
  return traversalDirection === "backward" && direction === "forward"
    ? flowActivityTraversal(draft, next, "forward", "backward")
    : flowActivityTraversal(draft, next, traversalDirection);
}
