import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { availableActivities } from "@coursemesh/scorm/course/available-activities.ts";
import { type ActivityOutline, type CourseOutline, leavesOf } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import { lockedBecause } from "./locked-because.ts";

/** Statuses an entry shows; `locked` only while the activity cannot be opened. */
export type EntryStatus = "notAttempted" | "incomplete" | "completed" | "passed" | "failed" | "browsed" | "locked";

/** One line of the contents. */
export interface ContentsEntry {
  readonly identifier: string;
  readonly title: string;
  /** Absent for a cluster that has no activity of its own. */
  readonly status?: EntryStatus;
  readonly current: boolean;
  /** Titles of what has to be finished first; not empty when locked. */
  readonly after: readonly string[];
  readonly children: readonly ContentsEntry[];
}

/** The contents as the learner sees them: invisible activities and clusters without visible ones are left out. */
export function contentsOf(outline: CourseOutline, state: InstanceState, current: string): readonly ContentsEntry[] {
  const unmet = new Map(availableActivities(outline, state).map((leaf) => [leaf.identifier, leaf.unmet]));
  const entryOf = (activity: ActivityOutline): ContentsEntry[] => {
    const children = activity.children.flatMap(entryOf);
    if (!activity.visible) return children;
    if (!activity.launch && children.length === 0) return [];
    const { identifier, title } = activity;
    const locks = unmet.get(identifier) ?? [];
    const status = activity.launch && (locks.length > 0 ? "locked" : statusOf(activity, state));
    const after = lockedBecause(outline, state, locks);
    return [{ identifier, title, current: identifier === current, after, children, ...(status && { status }) }];
  };
  return outline.activities.flatMap(entryOf);
}

/** Whether there is anything to choose from. */
export function hasContents(outline: CourseOutline): boolean {
  return leavesOf(outline.activities).length > 1;
}

function statusOf(leaf: ActivityOutline, state: InstanceState): EntryStatus {
  const { status } = activityResult(leaf, state.activities[leaf.identifier]);
  return status === "not attempted" ? "notAttempted" : status;
}
