import { type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LearnerState } from "./instance-model.ts";

/**
 * What of a state fits another version of its course: the activities that both have, by identifier and type. Undefined when nothing does,
 * and for SCORM 2004, where what sequencing knows belongs to one tree.
 * @param closed the state with no session open.
 */
export function carriedState(from: CourseOutline, to: CourseOutline, closed: LearnerState): InstanceState | undefined {
  if (from.standard !== "scorm12" || to.standard !== "scorm12" || "standard" in closed) return undefined;
  const kept = new Set(sharedActivities(from, to));
  const activities = Object.fromEntries(Object.entries(closed.activities).filter(([activity]) => kept.has(activity)));
  if (Object.keys(activities).length === 0) return undefined;
  return { v: 1, launch: "", seq: 0, current: kept.has(closed.current) ? closed.current : "", activities };
}

/** Identifiers of the leaves that both versions have, as an SCO or as an asset in both. */
function sharedActivities(from: CourseOutline, to: CourseOutline): string[] {
  const types = new Map(leavesOf(from.activities).map(({ identifier, launch }) => [identifier, launch?.type]));
  return leavesOf(to.activities)
    .filter(({ identifier, launch }) => types.has(identifier) && types.get(identifier) === launch?.type)
    .map(({ identifier }) => identifier);
}
