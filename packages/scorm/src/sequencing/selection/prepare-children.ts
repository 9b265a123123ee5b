import type { Draft } from "../draft.ts";
import { selectChildren } from "./sr-1-select-children.ts";
import { randomizeChildren } from "./sr-2-randomize-children.ts";

/** Selects and orders the children of every cluster before the first request of a registration; the book names no caller of SR.1 and SR.2. */
export function prepareChildren(draft: Draft): void {
  if (draft.prepared) return;
  draft.prepared = true;
  for (const activity of draft.course.activities) {
    selectChildren(draft, activity);
    randomizeChildren(draft, activity, "once");
    randomizeChildren(draft, activity, "onEachNewAttempt");
  }
}
