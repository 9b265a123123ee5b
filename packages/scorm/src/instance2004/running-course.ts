import { isOpen } from "../cmi2004/attempt-state.ts";
import { ScoSession } from "../cmi2004/sco-session.ts";
import type { CourseOutline } from "../course/course-outline.ts";
import { recordReport } from "../sequencing/attempt-report.ts";
import { type Draft, draftOf, type Environment } from "../sequencing/draft.ts";
import type { NavigationRequest } from "../sequencing/request.ts";
import { overallRollup } from "../sequencing/rollup/rb-1-5-overall-rollup.ts";
import type { AttemptReport } from "../sequencing/run-time-input.ts";
import { step } from "../sequencing/step.ts";
import { attemptIn, type Instance2004State } from "./instance-state.ts";
import { preparedCourse, sessionIn } from "./prepared-course.ts";

/** Durations by the clock are no result, so no clock is needed. */
const still: Environment = { now: 0, random: () => 0 };

/**
 * The course as sequencing knows it and with what the delivered activity has reported since, rolled up: a look at a session, which stays as it is.
 * @param leaving as things would be after this request.
 */
export function runningCourse(outline: CourseOutline, state: Instance2004State, leaving?: NavigationRequest): Draft {
  const session = sessionIn(preparedCourse(outline), state.answer?.state);
  const report = runningReport(state);
  if (leaving !== undefined && session.currentActivity !== undefined) {
    const after = step(session, { ...(report && { report }), navigation: leaving }, still);
    return draftOf(after.session, still);
  }
  const draft = draftOf(session, still);
  if (report === undefined || draft.current === undefined) return draft;
  recordReport(draft, draft.current, report);
  overallRollup(draft, draft.current);
  return draft;
}

/** What the delivered activity has to say that sequencing has not heard; undefined when there is nothing. */
function runningReport({ attempts, current, shared, unanswered }: Instance2004State): AttemptReport | undefined {
  const attempt = attemptIn(attempts, current);
  if (attempt === undefined || !isOpen(attempt)) return unanswered?.report;
  const learner = { learnerId: "", learnerName: "", activity: {}, shared };
  return new ScoSession(attempt, { ...learner, requestValid: () => "unknown" }).report();
}
