import type { Activity } from "../activity-index.ts";
import { type Draft, enter, raise } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import type { TraversalDirection } from "../sequencing-result.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";

/** SB.2.4 Choice Activity Traversal Subprocess. Undefined when choice may walk over the activity, otherwise the exception. */
export function choiceActivityTraversal(
  draft: Draft,
  activity: Activity,
  traversalDirection: TraversalDirection,
): ExceptionCode | undefined {
  enter(draft, "SB.2.4", activity);
  // 1. Forward: unless a rule stops here.
  if (traversalDirection === "forward") {
    const stopped = sequencingRulesCheck(draft, activity, activity.preConditionRules.stopForwardTraversal);
    return stopped === undefined ? undefined : raise(draft, "SB.2.4-1").exception;
  }
  // 2. Backward: unless the parent allows forward only.
  if (activity.parent === undefined) return raise(draft, "SB.2.4-3").exception;
  return activity.parent.controlMode.forwardOnly ? raise(draft, "SB.2.4-2", activity.parent).exception : undefined;
}
