import { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { draftOf, type Environment, trackingOf } from "@coursemesh/scorm/sequencing/draft.ts";
import type { Effect } from "@coursemesh/scorm/sequencing/effect.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import { type StepResult, step } from "@coursemesh/scorm/sequencing/step.ts";
import type { TraceEntry } from "@coursemesh/scorm/sequencing/trace.ts";
import type { Asked } from "./asked.ts";

/** What a step came to. */
export interface CarriedOut {
  readonly session: SequencingSession;
  /** Of the last request; absent when nothing but results were taken over. */
  readonly effect: Effect | undefined;
  readonly trace: readonly TraceEntry[];
  readonly status: SessionStatus;
  readonly accepted: boolean;
  /** Code, empty for none. */
  readonly exception: string;
}

/** Carries out what was asked for. Pure: the same session, request and environment come to the same. */
export function carryOut(
  before: SequencingSession,
  status: SessionStatus,
  asked: Asked,
  environment: Environment,
): CarriedOut {
  const { navigation } = asked;
  if (hasPaused(before, environment)) {
    if (navigation?.type === "suspendAll") return paused(before, status, { type: "endSession", how: "suspended" });
    if (navigation?.type === "resumeAll") return paused(before, status, { type: "nothing" });
    if (asked.kind === StepKind.START && asked.target === undefined) return paused(before, status, { type: "nothing" });
  }
  if (asked.kind === StepKind.START) return start(before, status, asked, environment);
  const request = {
    ...(asked.report && { report: asked.report }),
    ...(navigation && { navigation }),
  };
  return outcome(status, step(before, request, environment), []);
}

/**
 * Whether the learner is between activities: the current one has ended and nothing came after it. Not in spec: suspending now would suspend its
 * parent (TB.2.3 5.2), and a cluster cannot be delivered again (DB.1.1-1). So the session just stays where it is until the learner is back.
 */
function hasPaused(session: SequencingSession, environment: Environment): boolean {
  const { currentActivity, course } = session;
  const current = currentActivity === undefined ? undefined : course.activities[currentActivity];
  if (current === undefined) return false;
  const { active, suspended } = trackingOf(draftOf(session, environment), current);
  return !active && !suspended;
}

function paused(session: SequencingSession, status: SessionStatus, effect: Effect): CarriedOut {
  return outcome(status, { session, effects: [effect], trace: [] }, []);
}

/** A new launch goes on where the learner was, or where it points: what an older launch left open is suspended first. */
function start(before: SequencingSession, status: SessionStatus, asked: Asked, environment: Environment): CarriedOut {
  const { target, ...plain } = asked;
  let session = before;
  const trace: TraceEntry[] = [];
  for (const type of ["suspendAll", "exitAll"] as const) {
    if (session.currentActivity === undefined) break;
    const ended = step(session, { navigation: { type } }, environment);
    trace.push(...ended.trace);
    session = ended.session;
  }
  const navigation = startOf(session, target);
  const begun = outcome(status, step(session, { navigation }, environment), trace);
  // A link to what cannot be chosen now is no reason to keep the learner out.
  if (target !== undefined && begun.effect?.type !== "deliver") return carryOut(before, status, plain, environment);
  return begun;
}

function startOf(session: SequencingSession, target: string | undefined): NavigationRequest {
  if (target !== undefined) return { type: "choice", target };
  return { type: session.suspendedActivity === undefined ? "start" : "resumeAll" };
}

function outcome(before: SessionStatus, result: StepResult, earlier: readonly TraceEntry[]): CarriedOut {
  const [effect] = result.effects;
  const exception = effect !== undefined && "exception" in effect ? (effect.exception ?? "") : "";
  return {
    session: result.session,
    effect,
    trace: earlier.length === 0 ? result.trace : [...earlier, ...result.trace],
    status: statusAfter(before, effect),
    accepted: exception === "",
    exception,
  };
}

function statusAfter(before: SessionStatus, effect: Effect | undefined): SessionStatus {
  switch (effect?.type) {
    case "deliver":
      return SessionStatus.ACTIVE;
    case "nothing":
      return SessionStatus.WAITING;
    case "endSession":
      return effect.how === "suspended" ? SessionStatus.SUSPENDED : SessionStatus.ENDED;
    case "refused":
    case undefined:
      return before === SessionStatus.UNSPECIFIED ? SessionStatus.WAITING : before;
  }
}
