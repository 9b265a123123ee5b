import type { Activity } from "../activity-index.ts";
import { commonAncestor, pathUpTo } from "../activity-path.ts";
import { type Draft, enter } from "../draft.ts";
import { endAttempt } from "./up-4-end-attempt.ts";

/** UP.3 Terminate Descendent Attempts Process. Ends the attempts on every cluster between the current activity and what it shares with another one. */
export function terminateDescendentAttempts(draft: Draft, activity: Activity): void {
  // Not in spec: before the first activity there is nothing to end.
  if (draft.current === undefined) return;
  enter(draft, "UP.3", activity);
  // 1. The common ancestor of the current activity and the given one.
  const ancestor = commonAncestor(draft.current, activity);
  // 2. The way from the one to the other, without both ends.
  // 3. Innermost first.
  for (const cluster of pathUpTo(draft.current, ancestor).slice(1)) endAttempt(draft, cluster);
}
