import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { InstanceModel, LearnerState } from "../instance/instance-model.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import type { StoredResult } from "../result/result.ts";
import type { Append } from "./append.ts";
import type { JournalInstance } from "./instance-memory.ts";
import { changeEvents } from "./progress-event.ts";
import { type CallTuple, journalCalls } from "./read-calls.ts";
import { sameStanding } from "./result-events.ts";
import { foldAndTell, toldChanges } from "./tell-calls.ts";

/** How long a registration may lag behind its last call in lists when its result does not change. */
const TOUCH_AFTER_MS = 10_000;

/** Calls that an instance is about to take. */
export interface NewCalls {
  readonly launch: KnownLaunch;
  readonly epoch: number;
  /** Number of the launch's last call that the journal has. */
  readonly lastSeq: number;
  readonly tuples: readonly CallTuple[];
  /** JSON of the tuples. */
  readonly text: string;
  readonly receivedAt: Date;
}

/** Folds calls into an instance: what is to be written, and the instance as it is once that is written. */
export function foldCalls(
  outline: CourseOutline,
  instance: JournalInstance,
  calls: NewCalls,
): { append: Append; next: JournalInstance } {
  const { launch, epoch, lastSeq, receivedAt } = calls;
  const { context } = launch.terms;
  const model = modelOfCourse(outline);
  const start = model.resume(context, instance.state, lastSeq);
  const journal = journalCalls(calls.tuples, lastSeq + 1);
  const { state, told } = foldAndTell(model, context, start, journal);
  // What an earlier launch had left open ends with the first call of a later one.
  const left = start === instance.state ? [] : toldChanges(model, instance.state, start, []);
  const result = model.result(launch.terms, state);
  const states = model.changedRows(instance.state, state);
  // Folded call by call only when there is something to announce, which is rare.
  let steps: readonly StoredResult[] | undefined;
  const seqOf = (aspect: (result: StoredResult) => unknown): number => {
    steps ??= resultSteps(model, start, launch, journal);
    const values = [instance.result, ...steps].map(aspect);
    return (
      lastSeq +
      Math.max(
        1,
        values.findLastIndex((value, index) => index > 0 && value !== values[index - 1]),
      )
    );
  };
  const touched = !sameStanding(instance.result, result) || receivedAt.getTime() - instance.touchedAt >= TOUCH_AFTER_MS;
  const append: Append = {
    tenantId: instance.tenantId,
    instanceId: instance.id,
    registrationId: instance.registrationId,
    launchId: launch.id,
    version: instance.version,
    epoch,
    firstSeq: lastSeq + 1,
    lastSeq: state.seq,
    receivedAt,
    calls: calls.text,
    current: state.current,
    result,
    touched,
    states,
    events: changeEvents(launch, { before: instance.result, after: result, seqOf }, [...left, ...told], receivedAt),
  };
  return { append, next: afterAppend(instance, append, state) };
}

/** The course's result after each of some calls. */
function resultSteps(
  model: InstanceModel,
  start: LearnerState,
  launch: KnownLaunch,
  journal: readonly JournalCall[],
): StoredResult[] {
  let state = start;
  return journal.map((call) => {
    state = model.fold(launch.terms.context, state, [call], []).state;
    return model.result(launch.terms, state);
  });
}

function afterAppend(instance: JournalInstance, append: Append, state: LearnerState): JournalInstance {
  const position = instance.launches.get(append.launchId);
  return {
    ...instance,
    version: instance.version + 1,
    foldedEpoch: append.epoch,
    state,
    result: append.result,
    firstAccessAt: instance.firstAccessAt ?? append.receivedAt,
    lastAccessAt: append.receivedAt,
    touchedAt: append.touched ? append.receivedAt.getTime() : instance.touchedAt,
    launches: new Map(instance.launches).set(append.launchId, {
      epoch: append.epoch,
      lastSeq: append.lastSeq,
      end: position?.end ?? 0,
    }),
    sizes: new Map([...instance.sizes, ...append.states.map(([activity, text]) => [activity, text.length] as const)]),
  };
}
