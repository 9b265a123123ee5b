import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { type ActivityOutline, type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import { parsePrerequisites } from "@coursemesh/scorm/course/prerequisites.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";

/**
 * Titles of the activities that prerequisites name and that are not finished yet, for the sentence that explains a lock. When all of them
 * are finished (an expression may ask that something was *not* done), all that is named.
 */
export function lockedBecause(outline: CourseOutline, state: InstanceState, unmet: readonly string[]): string[] {
  const named = unmet.flatMap((text) => {
    const parsed = parsePrerequisites(text);
    return parsed.ok ? parsed.identifiers.map(({ identifier }) => identifier) : [];
  });
  const activities = [...new Set(named)].flatMap((identifier) => find(outline.activities, identifier) ?? []);
  const unfinished = activities.filter((activity) => !isFinished(activity, state));
  return (unfinished.length > 0 ? unfinished : activities).map((activity) => activity.title);
}

function find(activities: readonly ActivityOutline[], identifier: string): ActivityOutline | undefined {
  for (const activity of activities) {
    const found = activity.identifier === identifier ? activity : find(activity.children, identifier);
    if (found) return found;
  }
  return undefined;
}

function isFinished(activity: ActivityOutline, state: InstanceState): boolean {
  return leavesOf([activity]).every((leaf) => {
    const { status } = activityResult(leaf, state.activities[leaf.identifier]);
    return status === "passed" || status === "completed";
  });
}
