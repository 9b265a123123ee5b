import type { LessonStatus } from "../cmi12/lesson-status.ts";
import { activityIn, type InstanceState } from "../instance12/instance-state.ts";
import { activityResult } from "./activity-result.ts";
import { type ActivityOutline, type CourseOutline, leavesOf } from "./course-outline.ts";
import { type Prerequisite, parsePrerequisites } from "./prerequisites.ts";
import { prerequisitesMet } from "./prerequisites-met.ts";

export interface ActivityAvailability {
  readonly identifier: string;
  readonly available: boolean;
  /** The expressions that are not met, the activity's own and those of the clusters around it; empty when it is available. */
  readonly unmet: readonly string[];
}

/** For every leaf in order: whether its prerequisites, and those of each cluster it lies in, are met. An unreadable expression asks nothing. */
export function availableActivities(outline: CourseOutline, state: InstanceState): readonly ActivityAvailability[] {
  const statuses = new Map<string, LessonStatus>();
  collectStatuses(outline.activities, state, statuses);
  const statusOf = (identifier: string) => statuses.get(identifier);
  const availability: ActivityAvailability[] = [];
  const walk = (activities: readonly ActivityOutline[], unmetAbove: readonly string[]) => {
    for (const activity of activities) {
      const text = activity.scorm12?.prerequisites?.trim() ?? "";
      const expression = text === "" ? undefined : expressionOf(text);
      const met = expression === undefined || prerequisitesMet(expression, statusOf);
      const unmet = met ? unmetAbove : [...unmetAbove, text];
      if (activity.launch) availability.push({ identifier: activity.identifier, available: unmet.length === 0, unmet });
      walk(activity.children, unmet);
    }
  };
  walk(outline.activities, []);
  return availability;
}

function expressionOf(text: string): Prerequisite | undefined {
  const parsed = parsePrerequisites(text);
  return parsed.ok ? parsed.expression : undefined;
}

function collectStatuses(
  activities: readonly ActivityOutline[],
  state: InstanceState,
  statuses: Map<string, LessonStatus>,
): void {
  for (const activity of activities) {
    statuses.set(activity.identifier, clusterStatus(leavesOf([activity]), state));
    collectStatuses(activity.children, state, statuses);
  }
}

/** Status of a block by that of its leaves: the worst that one of them has, as the weakest one holds the block back. */
function clusterStatus(leaves: readonly ActivityOutline[], state: InstanceState): LessonStatus {
  const all = leaves.map((leaf) => activityResult(leaf, activityIn(state.activities, leaf.identifier)).status);
  if (all.every((status) => status === "passed")) return "passed";
  if (all.every((status) => status === "passed" || status === "completed")) return "completed";
  if (all.every((status) => status === "not attempted")) return "not attempted";
  if (all.includes("failed")) return "failed";
  return all.every((status) => status === "browsed") ? "browsed" : "incomplete";
}
