import type { Activity } from "../activity-index.ts";
import { commonAncestor, contains, isForwardOf, pathFromRoot, pathUpTo } from "../activity-path.ts";
import { type Draft, enter, isAvailable, raise } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import type { SequencingResult } from "../sequencing-result.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";
import { terminateDescendentAttempts } from "../utility/up-3-terminate-descendent-attempts.ts";
import { endAttempt } from "../utility/up-4-end-attempt.ts";
import { choiceTraversalPath } from "./choice-traversal-path.ts";
import { flow } from "./sb-2-3-flow.ts";
import { choiceActivityTraversal } from "./sb-2-4-choice-activity-traversal.ts";
import { choiceFlow } from "./sb-2-9-1-choice-flow.ts";

/** SB.2.9 Choice Sequencing Request Process. */
export function choiceSequencingRequest(draft: Draft, target: Activity | undefined): SequencingResult {
  enter(draft, "SB.2.9", target);
  // 1. There must be a target.
  if (target === undefined) return raise(draft, "SB.2.9-1");
  // 2. and 3. Everything from the root to the target is available and not hidden from choice.
  for (const activity of pathFromRoot(target)) {
    if (!isAvailable(draft, activity)) return raise(draft, "SB.2.9-2", activity);
    if (sequencingRulesCheck(draft, activity, activity.preConditionRules.hiddenFromChoice) !== undefined) {
      return raise(draft, "SB.2.9-3", activity);
    }
  }
  // 4. Choice is the parent's to allow.
  if (target.parent !== undefined && !target.parent.controlMode.choice) return raise(draft, "SB.2.9-4");
  // 5. What the current activity and the target share.
  const ancestor = draft.current === undefined ? draft.course.root : commonAncestor(draft.current, target);
  // 6. to 10. The way from the one to the other.
  const exception = wayIsBarred(draft, target, ancestor);
  if (exception !== undefined) return { exception };
  // 11. A leaf is delivered itself.
  if (target.children.length === 0) return { delivery: target };
  // 12. A cluster: flow into it.
  const { deliverable, next } = flow(draft, target, "forward", true);
  // 13.
  if (deliverable) return { delivery: next };
  terminateDescendentAttempts(draft, ancestor);
  // Not in spec: a session that has not begun has no attempt to end and no place to be.
  if (draft.current !== undefined) {
    endAttempt(draft, ancestor);
    draft.current = target;
  }
  return raise(draft, "SB.2.9-9");
}

function wayIsBarred(draft: Draft, target: Activity, ancestor: Activity): ExceptionCode | undefined {
  const { current } = draft;
  // 6. To the activity itself.
  if (current === target) return undefined;
  // 7. To a sibling: over everything in between.
  if (current !== undefined && current.parent === target.parent) {
    const direction = isForwardOf(draft, target, current) ? "forward" : "backward";
    for (const activity of choiceTraversalPath(draft, current, target, direction)) {
      const exception = choiceActivityTraversal(draft, activity, direction);
      if (exception !== undefined) return exception;
    }
    return undefined;
  }
  // 8. Down from the current cluster, or from the root before anything has begun.
  if (current === undefined || current === ancestor) return entryIsBarred(draft, target, ancestor, true);
  // 9. Up to a cluster that contains the current activity.
  if (target === ancestor) {
    const left = pathUpTo(current, target)
      .slice(1)
      .find((activity) => !activity.controlMode.choiceExit);
    return left && raise(draft, "SB.2.9-7", left).exception;
  }
  // 10. Into another branch: out of the clusters of the one, within what they allow, into the other.
  let constrained: Activity | undefined;
  for (const activity of pathUpTo(current, ancestor).slice(1)) {
    if (!activity.controlMode.choiceExit) return raise(draft, "SB.2.9-7", activity).exception;
    if (activity.constrainChoice) constrained ??= activity;
  }
  const isForward = isForwardOf(draft, target, current);
  if (constrained !== undefined) {
    const consider = choiceFlow(draft, constrained, isForward ? "forward" : "backward");
    if (!contains(consider, target) && target !== constrained) return raise(draft, "SB.2.9-8", constrained).exception;
  }
  return entryIsBarred(draft, target, ancestor, isForward);
}

function entryIsBarred(
  draft: Draft,
  target: Activity,
  ancestor: Activity,
  isForward: boolean,
): ExceptionCode | undefined {
  const path = pathUpTo(target, ancestor).slice(1).concat(ancestor).reverse();
  for (const activity of path) {
    const exception = isForward ? choiceActivityTraversal(draft, activity, "forward") : undefined;
    if (exception !== undefined) return exception;
    const active = draft.tracking[activity.index]?.active ?? false;
    if (activity !== ancestor && !active && activity.preventActivation)
      return raise(draft, "SB.2.9-6", activity).exception;
  }
  return undefined;
}
