import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { preparedCourse, sessionIn } from "@coursemesh/scorm/instance2004/prepared-course.ts";
import type { SequencingAnswer, SequencingStatus } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { Environment } from "@coursemesh/scorm/sequencing/draft.ts";
import { saveSession } from "@coursemesh/scorm/sequencing/session.ts";
import { step } from "@coursemesh/scorm/sequencing/step.ts";

/** The answer to what waits in a state, worked out here: for a review, of which the server is told nothing. Undefined when nothing waits. */
export function sequenceHere(
  outline: CourseOutline,
  state: Instance2004State,
  environment: Environment,
): SequencingAnswer | undefined {
  const { unanswered, answer } = state;
  if (unanswered === undefined) return undefined;
  const { report, navigation, seq } = unanswered;
  const before = sessionIn(preparedCourse(outline), answer?.state);
  const request = { ...(report && { report }), ...(navigation && { navigation }) };
  const { session, effects } = step(before, request, environment);
  const [effect] = effects;
  const exception = effect !== undefined && "exception" in effect ? effect.exception : undefined;
  let status: SequencingStatus = answer?.status ?? "active";
  if (effect?.type === "deliver") status = "active";
  else if (effect?.type === "nothing") status = "waiting";
  else if (effect?.type === "endSession") status = effect.how === "suspended" ? "suspended" : "ended";
  return {
    launch: state.launch,
    seq,
    accepted: effect?.type !== "refused",
    exception: exception ?? "",
    status,
    ...(effect?.type === "deliver" && { delivery: effect.delivery }),
    shared: unanswered.shared ?? state.shared,
    state: saveSession(session),
    stateHash: "",
    revision: (answer?.revision ?? 0) + 1,
  };
}
