import type { ActivityIndex } from "../sequencing/activity-index.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import type { Launch2004Context } from "./launch-context.ts";

const plain: ReadonlySet<string> = new Set([
  "start",
  "resumeAll",
  "continue",
  "previous",
  "exit",
  "exitAll",
  "abandon",
  "abandonAll",
  "suspendAll",
]);

/** Element of a `Navigate` for a window that went away without saying what the learner wants. */
export const CLOSED = "closed";

/** What a recorded `Navigate` asks of sequencing; undefined when it asks for nothing that this course has. */
export function navigationOf(
  element: string,
  target: string,
  course: ActivityIndex,
  context: Launch2004Context,
): NavigationRequest | undefined {
  if (element === CLOSED) return { type: context.resumeAfterClosedWindow ? "suspendAll" : "exitAll" };
  if (element === "choice" || element === "jump")
    return course.byIdentifier.has(target) ? { type: element, target } : undefined;
  return plain.has(element) ? ({ type: element } as NavigationRequest) : undefined;
}
