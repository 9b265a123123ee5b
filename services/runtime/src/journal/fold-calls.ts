import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { rollUp } from "@coursemesh/scorm/course/roll-up.ts";
import { foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { type StoredResult, storedResult } from "../result/result.ts";
import type { Append } from "./append.ts";
import type { JournalInstance } from "./instance-memory.ts";
import { type CallTuple, journalCalls } from "./read-calls.ts";
import { resultEvents, sameStanding } from "./result-events.ts";
import { resumeLaunch } from "./resume-launch.ts";

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
  const { context, rollUp: policy } = launch.terms;
  const start = resumeLaunch(outline, context, instance.state, lastSeq);
  const journal = journalCalls(calls.tuples, lastSeq + 1);
  const { state } = foldJournal(outline, context, start, journal);
  const result = storedResult(rollUp(outline, state, policy));
  const states = Object.entries(state.activities)
    .filter(([activity, value]) => value !== instance.state.activities[activity])
    .map(([activity, value]) => [activity, JSON.stringify(value)] as const);
  // Folded call by call only when there is something to announce, which is rare.
  let steps: readonly StoredResult[] | undefined;
  const seqOf = (aspect: (result: StoredResult) => unknown): number => {
    steps ??= resultSteps(outline, start, launch, journal);
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
    events: launch.preview ? [] : resultEvents(launch.owner, { before: instance.result, after: result, seqOf }),
  };
  return { append, next: afterAppend(instance, append, state) };
}

/** The course's result after each of some calls. */
function resultSteps(
  outline: CourseOutline,
  start: InstanceState,
  launch: KnownLaunch,
  journal: readonly JournalCall[],
): StoredResult[] {
  let state = start;
  return journal.map((call) => {
    state = foldJournal(outline, launch.terms.context, state, [call]).state;
    return storedResult(rollUp(outline, state, launch.terms.rollUp));
  });
}

function afterAppend(instance: JournalInstance, append: Append, state: InstanceState): JournalInstance {
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
