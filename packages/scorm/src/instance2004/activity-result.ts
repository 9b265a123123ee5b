import type { Score } from "../course/activity-result.ts";
import type { CourseOutline } from "../course/course-outline.ts";
import type { Activity } from "../sequencing/activity-index.ts";
import { pathToRoot } from "../sequencing/activity-path.ts";
import { type Draft, isAvailable, trackingOf } from "../sequencing/draft.ts";
import { isCompleted, isSatisfied, readObjective } from "../sequencing/objective-status.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import { attemptIn, type Instance2004State } from "./instance-state.ts";
import { runningCourse } from "./running-course.ts";

/** What one activity has come to, in the words of the standard. */
export interface ActivityResult2004 {
  readonly identifier: string;
  readonly completionStatus: "completed" | "incomplete" | "not attempted" | "unknown";
  readonly successStatus: "passed" | "failed" | "unknown";
  readonly score?: Score;
  /** All sessions of all attempts, the running one included. Of an activity that is not tracked: of the last attempt. */
  readonly totalSeconds: number;
  readonly attemptCount: number;
  /** False: the rules do not track it, and its status stays unknown. */
  readonly tracked: boolean;
  /** False: it was not selected for this learner, or lies in a part of the course that was not. */
  readonly available: boolean;
}

/** Results of the whole course and of its leaves in the order of the tree. */
export interface CourseActivities {
  readonly root: ActivityResult2004;
  readonly leaves: readonly ActivityResult2004[];
}

/** @param leaving as things would be after this request. */
export function activityResults2004(
  outline: CourseOutline,
  state: Instance2004State,
  leaving?: NavigationRequest,
): CourseActivities {
  const draft = runningCourse(outline, state, leaving);
  const leaves = draft.course.activities.filter(({ children }) => children.length === 0);
  return {
    root: resultOf(draft, draft.course.root, state),
    leaves: leaves.map((leaf) => resultOf(draft, leaf, state)),
  };
}

function resultOf(draft: Draft, activity: Activity, state: Instance2004State): ActivityResult2004 {
  const { attemptCount, activityExperiencedDuration } = trackingOf(draft, activity);
  const { tracked } = activity.deliveryControls;
  const attempt = attemptIn(state.attempts, activity.identifier);
  const completed = isCompleted(draft, activity);
  const satisfied = isSatisfied(draft, activity, activity.primaryObjective);
  const score = scoreOf(draft, activity);
  const begun = attemptCount > 0 || attempt !== undefined;
  return {
    identifier: activity.identifier,
    completionStatus: completed === undefined ? (begun ? "unknown" : "not attempted") : completedWord(completed),
    successStatus: satisfied === undefined ? "unknown" : satisfied ? "passed" : "failed",
    ...(score && { score }),
    totalSeconds: tracked ? (activityExperiencedDuration ?? 0) : (attempt?.totalCentiseconds ?? 0) / 100,
    attemptCount: tracked ? attemptCount : (attempt?.sessions ?? 0),
    tracked,
    available: pathToRoot(activity).every((at) => isAvailable(draft, at)),
  };
}

function completedWord(completed: boolean): "completed" | "incomplete" {
  return completed ? "completed" : "incomplete";
}

/** The measure of the primary objective, with the numbers content gave beside it; without them on a scale of 0 to 100. */
function scoreOf(draft: Draft, activity: Activity): Score | undefined {
  const read = (field: "measure" | "scoreRaw" | "scoreMin" | "scoreMax") =>
    readObjective(draft, activity, activity.primaryObjective, field);
  const measure = read("measure");
  const raw = read("scoreRaw");
  const [min, max] = rangeOf(read("scoreMin"), read("scoreMax"));
  if (measure !== undefined) {
    if (raw !== undefined) return { raw, min, max, scaled: measure };
    return { raw: Math.round(measure * 10_000) / 100, min: 0, max: 100, scaled: measure };
  }
  if (raw === undefined) return undefined;
  return { raw, min, max, scaled: Math.min(1, Math.max(0, (raw - min) / (max - min))) };
}

function rangeOf(min = 0, max = 100): readonly [min: number, max: number] {
  return max > min ? [min, max] : [0, 100];
}
