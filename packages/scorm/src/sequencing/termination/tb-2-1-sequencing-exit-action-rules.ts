import { pathFromRoot } from "../activity-path.ts";
import { type Draft, enter } from "../draft.ts";
import { sequencingRulesCheck } from "../utility/up-2-sequencing-rules-check.ts";
import { terminateDescendentAttempts } from "../utility/up-3-terminate-descendent-attempts.ts";
import { endAttempt } from "../utility/up-4-end-attempt.ts";

/** TB.2.1 Sequencing Exit Action Rules Subprocess. The topmost cluster whose exit rule holds ends, and becomes the current activity. */
export function sequencingExitActionRules(draft: Draft): void {
  if (draft.current?.parent === undefined) return;
  enter(draft, "TB.2.1", draft.current);
  // 1. to 3. From the root to the parent of the current activity.
  const exitTarget = pathFromRoot(draft.current.parent).find(
    (activity) => sequencingRulesCheck(draft, activity, activity.exitConditionRules) !== undefined,
  );
  if (exitTarget === undefined) return;
  // 4. End everything below it, then itself.
  terminateDescendentAttempts(draft, exitTarget);
  endAttempt(draft, exitTarget);
  draft.current = exitTarget;
}
