import type { Activity } from "../activity-index.ts";
import { nextSibling, previousSibling } from "../activity-path.ts";
import type { Draft } from "../draft.ts";
import type { TraversalDirection } from "../sequencing-result.ts";

/** The siblings from one to the other, without the other (SB.2.9 step 7). */
export function choiceTraversalPath(
  draft: Draft,
  from: Activity,
  to: Activity,
  direction: TraversalDirection,
): Activity[] {
  const path: Activity[] = [];
  const step = direction === "forward" ? nextSibling : previousSibling;
  for (let at: Activity | undefined = from; at !== undefined && at !== to; at = step(draft, at)) path.push(at);
  return path;
}
