import { activityIn, type InstanceState } from "../instance12/instance-state.ts";
import { type ActivityResult, activityResult, type Score } from "./activity-result.ts";
import { type CourseOutline, leavesOf } from "./course-outline.ts";

/** One result for a course of several SCOs. SCORM 1.2 leaves this to the LMS; what the policy does not vary is said at `rollUp`. */
export interface CourseResult {
  readonly completion: "unknown" | "incomplete" | "complete";
  readonly success: "unknown" | "passed" | "failed";
  readonly score?: Score;
  readonly totalSeconds: number;
  /** Completed leaves of all leaves, 0..1. */
  readonly progress: number;
  readonly activitiesCompleted: number;
  readonly activityCount: number;
}

export interface RollUpPolicy {
  /** A SCO that the learner failed has been worked through: it counts as completed (and makes the course `failed`). */
  readonly failedIsCompleted: boolean;
  /** A SCO that was only browsed counts as completed. */
  readonly browsedIsCompleted: boolean;
  /** Over the SCOs that report a score: their average or the best; `averageOfAll` takes 0 for a SCO without one. */
  readonly score: "averageOfScored" | "averageOfAll" | "highest";
}

export const defaultRollUp: RollUpPolicy = {
  failedIsCompleted: true,
  browsedIsCompleted: false,
  score: "averageOfScored",
};

/**
 * - Completion: `complete` when every leaf is, `unknown` when none was opened, otherwise `incomplete`. Invisible leaves count: they are content.
 * - Success: `failed` as soon as one SCO is; `passed` when the course is complete and at least one SCO passed; otherwise `unknown`.
 * - Score: the SCO's own when only one reports a score; of several, made of their scaled scores on 0..100.
 */
export function rollUp(
  outline: CourseOutline,
  state: InstanceState,
  policy: RollUpPolicy = defaultRollUp,
): CourseResult {
  const leaves = leavesOf(outline.activities);
  const results = leaves.map((leaf) => activityResult(leaf, activityIn(state.activities, leaf.identifier)));
  const activitiesCompleted = results.filter((result) => isCompleted(result, policy)).length;
  const opened = leaves.some((leaf) => activityIn(state.activities, leaf.identifier) !== undefined);
  const complete = leaves.length > 0 && activitiesCompleted === leaves.length;
  const scoCount = leaves.filter((leaf) => leaf.launch?.type === "sco").length;
  const score = rollUpScore(
    results.flatMap((result) => result.score ?? []),
    policy.score === "averageOfAll" ? scoCount : 0,
    policy.score,
  );
  const has = (status: ActivityResult["status"]) => results.some((result) => result.status === status);
  return {
    completion: complete ? "complete" : opened ? "incomplete" : "unknown",
    success: has("failed") ? "failed" : complete && has("passed") ? "passed" : "unknown",
    ...(score && { score }),
    // Whole centiseconds, so that a sum of many sessions shows no floating-point dust.
    totalSeconds: Math.round(results.reduce((sum, result) => sum + result.totalSeconds, 0) * 100) / 100,
    progress: leaves.length === 0 ? 0 : activitiesCompleted / leaves.length,
    activitiesCompleted,
    activityCount: leaves.length,
  };
}

/** Whether a leaf counts towards the completion of its course. */
export function isCompleted({ status }: ActivityResult, policy: RollUpPolicy = defaultRollUp): boolean {
  return (
    status === "passed" ||
    status === "completed" ||
    (status === "failed" && policy.failedIsCompleted) ||
    (status === "browsed" && policy.browsedIsCompleted)
  );
}

function rollUpScore(scores: readonly Score[], atLeast: number, rule: RollUpPolicy["score"]): Score | undefined {
  const [first] = scores;
  if (first === undefined) return undefined;
  const count = Math.max(scores.length, atLeast);
  if (count === 1) return first;
  const scaled =
    rule === "highest"
      ? Math.max(...scores.map((score) => score.scaled))
      : scores.reduce((sum, score) => sum + score.scaled, 0) / count;
  return { raw: Math.round(scaled * 10_000) / 100, min: 0, max: 100, scaled };
}
