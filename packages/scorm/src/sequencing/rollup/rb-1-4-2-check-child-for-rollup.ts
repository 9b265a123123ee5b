import type { Activity } from "../activity-index.ts";
import type { RollupAction, RollupConsideration } from "../activity-tree.ts";
import { type Draft, trackingOf } from "../draft.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";

/** RB.1.4.2 Check Child for Rollup Subprocess. Whether a child takes part in a rule with this action. */
export function checkChildForRollup(draft: Draft, child: Activity, action: RollupAction): boolean {
  const { rollupControls, considerations } = child;
  // 1. and 2. The child contributes to the objective status of its parent.
  if (action === "satisfied" || action === "notSatisfied") {
    if (!rollupControls.rollupObjectiveSatisfied) return false;
    const required =
      action === "satisfied" ? considerations.requiredForSatisfied : considerations.requiredForNotSatisfied;
    return isRequired(draft, child, required);
  }
  // 3. The child contributes to the completion of its parent.
  if (!rollupControls.rollupProgressCompletion) return false;
  const required = action === "completed" ? considerations.requiredForCompleted : considerations.requiredForIncomplete;
  return isRequired(draft, child, required);
}

function isRequired(draft: Draft, child: Activity, consideration: RollupConsideration): boolean {
  const { attemptCount, suspended } = trackingOf(draft, child);
  switch (consideration) {
    case "always":
      return true;
    case "ifNotSuspended":
      return !(attemptCount > 0 && suspended);
    case "ifAttempted":
      return attemptCount > 0;
    case "ifNotSkipped":
      return sequencingRulesCheck(draft, child, child.preConditionRules.skip) === undefined;
  }
}
