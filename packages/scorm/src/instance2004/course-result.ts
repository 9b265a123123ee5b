import type { CourseOutline } from "../course/course-outline.ts";
import type { CourseResult } from "../course/roll-up.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import { type ActivityResult2004, activityResults2004 } from "./activity-result.ts";
import type { Achieved, Instance2004State } from "./instance-state.ts";

/**
 * One result for a SCORM 2004 course: what sequencing rolled up to the root, and the running attempt as far as it has reported.
 * Progress counts the leaves that are tracked and were selected for this learner, until the rules say that the course is completed: then
 * there is nothing left to do, whatever was passed over. A new attempt on the course begins with nothing known, but who looks
 * into a course again has completed it all the same: what an ended attempt achieved stands until the new one says otherwise.
 * @param leaving as things would be after this request.
 */
export function courseResult2004(
  outline: CourseOutline,
  state: Instance2004State,
  leaving?: NavigationRequest,
): CourseResult {
  const { root, leaves } = activityResults2004(outline, state, leaving);
  const counted = leaves.filter(({ tracked, available }) => tracked && available);
  const activitiesCompleted = counted.filter(({ completionStatus }) => completionStatus === "completed").length;
  const score = scoreOf(root, leaves);
  const { achieved } = state;
  const known = score ?? achieved?.score;
  const completion = achieved?.completion === "complete" ? "complete" : completionOf(root);
  const done = counted.length === 0 ? 0 : activitiesCompleted / counted.length;
  return {
    completion,
    success: root.successStatus === "unknown" ? (achieved?.success ?? "unknown") : root.successStatus,
    ...(known && { score: known }),
    // Whole centiseconds, so that a sum of many sessions shows no floating-point dust.
    totalSeconds: Math.round(leaves.reduce((sum, leaf) => sum + leaf.totalSeconds, 0) * 100) / 100,
    progress: completion === "complete" ? 1 : Math.max(achieved?.progress ?? 0, done),
    activitiesCompleted,
    activityCount: counted.length,
  };
}

/** What stays of an attempt on the course that has ended. */
export function achievedBy(outline: CourseOutline, state: Instance2004State): Achieved {
  const { completion, success, score, progress } = courseResult2004(outline, state);
  return { completion, success, ...(score && { score }), progress };
}

/** An attempt on the root of which nothing is known is one that goes on. */
function completionOf({ completionStatus, attemptCount }: ActivityResult2004): CourseResult["completion"] {
  if (completionStatus === "completed") return "complete";
  return completionStatus === "incomplete" || attemptCount > 0 ? "incomplete" : "unknown";
}

/** The root's measure; in the numbers of the one leaf that it comes from, when there is only one. */
function scoreOf({ score }: ActivityResult2004, leaves: readonly ActivityResult2004[]): ActivityResult2004["score"] {
  const scored = leaves.flatMap((leaf) => leaf.score ?? []);
  const [only] = scored;
  const own = only !== undefined && scored.length === 1 && (score === undefined || score.scaled === only.scaled);
  return own ? only : score;
}
