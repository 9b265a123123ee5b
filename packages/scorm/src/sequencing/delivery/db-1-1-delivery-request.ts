import type { Activity } from "../activity-index.ts";
import { pathFromRoot } from "../activity-path.ts";
import { type Draft, enter, raise } from "../draft.ts";
import type { ExceptionCode } from "../exception-codes.ts";
import { checkActivity } from "../utility/up-5-check-activity.ts";

/** DB.1.1 Delivery Request Process. Undefined when the activity may be delivered. */
export function deliveryRequest(draft: Draft, activity: Activity): ExceptionCode | undefined {
  enter(draft, "DB.1.1", activity);
  // 1. Only leaves are delivered.
  if (activity.children.length > 0) return raise(draft, "DB.1.1-1").exception;
  // 2. and 3. The way from the root; it cannot be empty, since the activity itself is on it.
  for (const at of pathFromRoot(activity)) {
    // 4. Nothing on it may be disabled or have reached its limits.
    if (checkActivity(draft, at)) return raise(draft, "DB.1.1-3", at).exception;
  }
  // 5.
  return undefined;
}
