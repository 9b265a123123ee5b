import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { availableActivities } from "@coursemesh/scorm/course/available-activities.ts";
import { type ActivityOutline, type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { isCompleted } from "@coursemesh/scorm/course/roll-up.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";

/** Activities that can be opened now, in order. */
export function openableActivities(outline: CourseOutline, state: InstanceState): readonly string[] {
  return availableActivities(outline, state).flatMap((leaf) => (leaf.available ? [leaf.identifier] : []));
}

/** Where a launch begins: where the learner left off, unless that is done; then the first that is not; undefined when nothing can be opened. */
export function firstActivity(outline: CourseOutline, state: InstanceState): string | undefined {
  const openable = openableActivities(outline, state);
  const done = new Set(
    leavesOf(outline.activities)
      .filter((leaf) => isDone(leaf, state))
      .map((leaf) => leaf.identifier),
  );
  const last = openable.includes(state.current) ? state.current : undefined;
  if (last !== undefined && (!done.has(last) || state.activities[last]?.exit === "suspend")) return last;
  return openable.find((identifier) => !done.has(identifier)) ?? last ?? openable[0];
}

/** The nearest activity before and after `current` that can be opened. */
export function neighboursOf(
  outline: CourseOutline,
  state: InstanceState,
  current: string,
): { readonly previous: string | undefined; readonly next: string | undefined } {
  const leaves = availableActivities(outline, state);
  const at = leaves.findIndex((leaf) => leaf.identifier === current);
  return {
    previous: leaves.slice(0, Math.max(at, 0)).findLast((leaf) => leaf.available)?.identifier,
    next: leaves.slice(at + 1).find((leaf) => leaf.available)?.identifier,
  };
}

/** The first activity that is locked, for the page that says why there is nothing to open. */
export function firstLocked(
  outline: CourseOutline,
  state: InstanceState,
): { readonly title: string; readonly unmet: readonly string[] } | undefined {
  const locked = availableActivities(outline, state).find((leaf) => !leaf.available);
  const leaf = leavesOf(outline.activities).find((activity) => activity.identifier === locked?.identifier);
  return locked && leaf && { title: leaf.title, unmet: locked.unmet };
}

function isDone(leaf: ActivityOutline, state: InstanceState): boolean {
  return isCompleted(activityResult(leaf, state.activities[leaf.identifier]));
}
