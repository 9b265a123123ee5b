import { activityResult } from "@coursemesh/scorm/course/activity-result.ts";
import { availableActivities } from "@coursemesh/scorm/course/available-activities.ts";
import type { ActivityOutline, CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { ContentsEntry, EntryStatus } from "../contents/contents-entry.ts";
import { lockedBecause } from "./locked-because.ts";

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
    const titles = lockedBecause(outline, state, locks);
    return [
      {
        identifier,
        title,
        current: identifier === current,
        selectable: activity.launch !== undefined && locks.length === 0,
        children,
        ...(titles.length > 0 && { reason: { kind: "finishFirst", titles } }),
        ...(status && { status }),
      },
    ];
  };
  return outline.activities.flatMap(entryOf);
}

function statusOf(leaf: ActivityOutline, state: InstanceState): EntryStatus {
  const { status } = activityResult(leaf, state.activities[leaf.identifier]);
  return status === "not attempted" ? "notAttempted" : status;
}
