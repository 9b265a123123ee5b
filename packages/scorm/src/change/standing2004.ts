import type { AttemptState, SessionState } from "../cmi2004/attempt-state.ts";
import { evaluatedCompletion, evaluatedSuccess, numberOf } from "../cmi2004/status-rules.ts";
import { type CourseOutline, leavesOf } from "../course/course-outline.ts";
import { attemptIn, type Instance2004State } from "../instance2004/instance-state.ts";
import type { ActivityStanding, Outcome, PartialScore, StandingChange, ToldStatus } from "./activity-standing.ts";

/** The SCOs of a SCORM 2004 course that some calls have touched, as their own data says it; the roll-up concerns the course. */
export function standingChanges2004(
  outline: CourseOutline,
  before: Instance2004State,
  after: Instance2004State,
): StandingChange[] {
  if (before.attempts === after.attempts) return [];
  const leaving = after.unanswered?.navigation?.type === "suspendAll";
  return leavesOf(outline.activities).flatMap((leaf) => {
    const [from, to] = [attemptIn(before.attempts, leaf.identifier), attemptIn(after.attempts, leaf.identifier)];
    if (to === undefined || to === from || leaf.launch?.type !== "sco") return [];
    return {
      activity: leaf.identifier,
      title: leaf.title,
      before: from && standing(from, from.session, false),
      after: standing(to, to.session ?? from?.session, leaving),
    };
  });
}

/** @param session whose limits decide. @param leaving the whole course is being suspended. */
function standing(state: AttemptState, session: SessionState | undefined, leaving: boolean): ActivityStanding {
  const outcome = outcomeOf(state, session);
  return {
    attempt: state.attempt,
    session: state.sessions,
    running: state.session?.phase === "running",
    resumed: session?.entry === "resume",
    suspended: leaving || state.exit === "suspend",
    statuses: statusesOf(outcome),
    ...outcome,
    totalCentiseconds: state.totalCentiseconds,
    interactions: state.interactions,
  };
}

function outcomeOf({ values }: AttemptState, session: SessionState | undefined): Outcome {
  const completion = evaluatedCompletion(
    values["cmi.completion_status"],
    values["cmi.progress_measure"],
    session?.completionThreshold,
  );
  const success = evaluatedSuccess(
    values["cmi.success_status"],
    values["cmi.score.scaled"],
    session?.scaledPassingScore,
  );
  const score = scoreOf(values);
  return {
    ...(completion !== "unknown" && { completion: completion === "completed" }),
    ...(success !== "unknown" && { success: success === "passed" }),
    ...(Object.keys(score).length > 0 && { score }),
  };
}

function scoreOf(values: AttemptState["values"]): PartialScore {
  const score: { -readonly [key in keyof PartialScore]: number } = {};
  for (const name of ["scaled", "raw", "min", "max"] as const) {
    const number = numberOf(values[`cmi.score.${name}`]);
    if (number !== undefined) score[name] = number;
  }
  return score;
}

function statusesOf({ completion, success }: Outcome): ToldStatus[] {
  const statuses: ToldStatus[] = completion === true ? ["completed"] : [];
  if (success !== undefined) statuses.push(success ? "passed" : "failed");
  return statuses;
}
