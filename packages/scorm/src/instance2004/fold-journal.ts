import type { CourseOutline } from "../course/course-outline.ts";
import type { Answer, JournalDifference } from "../instance12/fold-journal.ts";
import type { JournalCall } from "../journal/journal-call.ts";
import type { Instance2004State } from "./instance-state.ts";
import type { Launch2004Context } from "./launch-context.ts";
import { Scorm2004Instance } from "./live-instance.ts";
import type { SequencingAnswer } from "./sequencing-answer.ts";

/** A state, and what was noticed on the way to it. */
export interface FoldedJournal2004 {
  readonly state: Instance2004State;
  readonly differences: readonly JournalDifference[];
}

/**
 * The state after some more calls of a launch's journal and the answers beside it. Pure and deterministic; in one piece or in many, the result is
 * the same, also when an answer comes only after its call was folded. What was folded before is skipped. Calls of a launch may be folded only
 * while it is the newest of its instance.
 *
 * @throws RangeError when a call is missing between what was folded and what is given.
 */
export function foldJournal2004(
  outline: CourseOutline,
  launch: Launch2004Context,
  state: Instance2004State,
  calls: readonly JournalCall[],
  answers: readonly SequencingAnswer[],
): FoldedJournal2004 {
  const live = new Scorm2004Instance(outline, launch, state);
  const answerTo = new Map(answers.map((answer) => [answer.seq, answer]));
  const differences: JournalDifference[] = [];
  const take = (call: number | undefined) => {
    const answer = call === undefined ? undefined : answerTo.get(call);
    if (answer !== undefined) live.take(answer);
  };
  take(live.unanswered?.seq);
  let { seq } = state.launch === launch.id ? state : { seq: 0 };
  for (const call of calls) {
    if (call.seq <= seq) continue;
    if (call.seq !== seq + 1) throw new RangeError(`call ${call.seq} of launch ${launch.id} follows call ${seq}`);
    seq = call.seq;
    const answered = perform(live, call);
    if (answered.result !== call.result || answered.error !== call.error) {
      const { method, element, result, error } = call;
      differences.push({ seq, method, element, recorded: { result, error }, answered });
    }
    take(live.unanswered?.seq);
  }
  return { state: live.state(seq), differences };
}

/** Performs one recorded call. */
function perform(live: Scorm2004Instance, call: JournalCall): Answer {
  const { seq, at, method, element, value } = call;
  if (method === "Navigate") return live.navigate(seq, at, element, value) ? done : impossible;
  const session = call.activity === live.current ? live.session : undefined;
  if (session === undefined) return impossible;
  switch (method) {
    case "Initialize":
      return { result: String(session.initialize(value)), error: session.error };
    case "Terminate": {
      const ended = session.terminate(value);
      if (ended) live.terminated(seq, at);
      return { result: String(ended), error: session.error };
    }
    case "Commit":
      return { result: String(session.commit(value)), error: session.error };
    case "SetValue":
      return { result: String(session.set(element, value)), error: session.error };
    case "GetValue":
      return { result: session.get(element), error: session.error };
  }
}

const done: Answer = { result: "true", error: "0" };
const impossible: Answer = { result: "false", error: "101" };
