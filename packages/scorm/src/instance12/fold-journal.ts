import type { CourseOutline } from "../course/course-outline.ts";
import type { JournalCall } from "../journal/journal-call.ts";
import type { InstanceState } from "./instance-state.ts";
import type { LaunchContext } from "./launch-context.ts";
import { LiveInstance } from "./live-instance.ts";

/** What a call was answered. */
export interface Answer {
  /** `"true"`, `"false"`, or the value of a `GetValue`. */
  readonly result: string;
  readonly error: string;
}

/** A call that the player answered otherwise than the core does: another version played it, or the journal was tampered with. The core's answer is the one that counts. */
export interface JournalDifference {
  readonly seq: number;
  readonly method: JournalCall["method"];
  readonly element: string;
  readonly recorded: Answer;
  readonly answered: Answer;
}

/** A state, and what was noticed on the way to it. */
export interface FoldedJournal {
  readonly state: InstanceState;
  readonly differences: readonly JournalDifference[];
}

/**
 * The state after some more calls of a launch's journal. Pure and deterministic; in one piece or in many, the result is the same.
 * Calls that were folded before are skipped. Calls of a launch may be folded only while it is the newest of its instance.
 *
 * @throws RangeError when a call is missing between what was folded and what is given.
 */
export function foldJournal(
  outline: CourseOutline,
  launch: LaunchContext,
  state: InstanceState,
  calls: readonly JournalCall[],
): FoldedJournal {
  const live = new LiveInstance(outline, launch, state);
  const differences: JournalDifference[] = [];
  let { seq } = state.launch === launch.id ? state : { seq: 0 };
  for (const call of calls) {
    if (call.seq <= seq) continue;
    if (call.seq !== seq + 1) throw new RangeError(`call ${call.seq} of launch ${launch.id} follows call ${seq}`);
    seq = call.seq;
    const answered = answer(live, call);
    if (answered.result !== call.result || answered.error !== call.error) {
      const { method, element, result, error } = call;
      differences.push({ seq, method, element, recorded: { result, error }, answered });
    }
  }
  return { state: live.state(seq), differences };
}

/** Ends what the launch has open, for a window that is gone without a word: its lease ran out. The same as a recorded `Navigate` `closed`. */
export function closeLaunch(outline: CourseOutline, launch: LaunchContext, state: InstanceState): InstanceState {
  const live = new LiveInstance(outline, launch, state);
  live.leave();
  return live.state(state.launch === launch.id ? state.seq : 0);
}

/** Performs one recorded call. */
function answer(live: LiveInstance, call: JournalCall): Answer {
  if (call.method === "Navigate") {
    if (call.value !== "") return live.open(call.value) ? done : impossible;
    live.leave();
    return done;
  }
  // A journal that does not say how the learner came here: the call itself shows where they are.
  if (call.activity !== live.current || live.session === undefined) live.open(call.activity);
  const session = call.activity === live.current ? live.session : undefined;
  if (session === undefined) return impossible;
  switch (call.method) {
    case "Initialize":
      return { result: String(session.initialize(call.value)), error: session.error };
    case "Terminate":
      return { result: String(session.finish(call.value)), error: session.error };
    case "Commit":
      return { result: String(session.commit(call.value)), error: session.error };
    case "SetValue":
      return { result: String(session.set(call.element, call.value)), error: session.error };
    case "GetValue":
      return { result: session.get(call.element), error: session.error };
  }
}

const done: Answer = { result: "true", error: "0" };
const impossible: Answer = { result: "false", error: "101" };
