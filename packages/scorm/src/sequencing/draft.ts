import type { Activity, ActivityIndex } from "./activity-index.ts";
import type { Behaviour } from "./behaviour.ts";
import type { ExceptionCode } from "./exception-codes.ts";
import type { ProcessId } from "./process-id.ts";
import type { SequencingSession } from "./session.ts";
import type { TraceEntry } from "./trace.ts";
import type { ActivityTracking, ObjectiveProgress } from "./tracking.ts";

/** What the core may not find out by itself. */
export interface Environment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * The private working copy of one step. The processes change it; nobody sees it before the step ends and makes a session of it. Arrays are copied on
 * the first change, so that a draft that only looks ahead costs nothing.
 */
export interface Draft {
  readonly course: ActivityIndex;
  readonly behaviour: Behaviour;
  readonly environment: Environment;
  /** Absent in a look-ahead. */
  readonly trace: TraceEntry[] | undefined;
  current: Activity | undefined;
  suspended: Activity | undefined;
  prepared: boolean;
  tracking: readonly ActivityTracking[];
  globalObjectives: readonly ObjectiveProgress[];
  /** The arrays of this draft that are its own, and may be changed. */
  ownTracking: ActivityTracking[] | undefined;
  ownGlobalObjectives: ObjectiveProgress[] | undefined;
}

/** Begins a step. */
export function draftOf(
  session: SequencingSession,
  environment: Environment,
  trace: TraceEntry[] | undefined = undefined,
): Draft {
  const at = (index: number | undefined) => (index === undefined ? undefined : session.course.activities[index]);
  return {
    course: session.course,
    behaviour: session.behaviour,
    environment,
    trace,
    current: at(session.currentActivity),
    suspended: at(session.suspendedActivity),
    prepared: session.prepared,
    tracking: session.tracking,
    globalObjectives: session.globalObjectives,
    ownTracking: undefined,
    ownGlobalObjectives: undefined,
  };
}

/** A draft that begins where another one is, and changes nothing of it. The other one must not change any more. */
export function forkDraft(draft: Draft): Draft {
  return { ...draft, trace: undefined, ownTracking: undefined, ownGlobalObjectives: undefined };
}

/** Ends a step. */
export function sessionOf(draft: Draft): SequencingSession {
  return {
    course: draft.course,
    behaviour: draft.behaviour,
    currentActivity: draft.current?.index,
    suspendedActivity: draft.suspended?.index,
    prepared: draft.prepared,
    tracking: draft.tracking,
    globalObjectives: draft.globalObjectives,
  };
}

/** Tracking data of an activity. */
export function trackingOf(draft: Draft, activity: Activity): ActivityTracking {
  const tracking = draft.tracking[activity.index];
  if (tracking === undefined) throw new RangeError(`no tracking data for ${activity.identifier}`);
  return tracking;
}

/** Replaces tracking data of an activity. */
export function setTracking(draft: Draft, activity: Activity, tracking: ActivityTracking): void {
  draft.ownTracking ??= draft.tracking.slice();
  draft.tracking = draft.ownTracking;
  draft.ownTracking[activity.index] = tracking;
}

/** Changes some of an activity's tracking data. */
export function changeTracking(draft: Draft, activity: Activity, change: Partial<ActivityTracking>): void {
  setTracking(draft, activity, { ...trackingOf(draft, activity), ...change });
}

/** Replaces what is known of a global objective. */
export function setGlobalObjective(draft: Draft, global: number, progress: ObjectiveProgress): void {
  draft.ownGlobalObjectives ??= draft.globalObjectives.slice();
  draft.globalObjectives = draft.ownGlobalObjectives;
  draft.ownGlobalObjectives[global] = progress;
}

/** Available Children (SN 4.2.1.6), in their order. */
export function availableChildren(draft: Draft, activity: Activity): readonly Activity[] {
  const selected = trackingOf(draft, activity).availableChildren;
  if (selected === undefined) return activity.children;
  return selected.flatMap((position) => activity.children[position] ?? []);
}

/** Whether an activity is among the available children of its parent; the root always is. */
export function isAvailable(draft: Draft, { parent, position }: Activity): boolean {
  if (parent === undefined) return true;
  return trackingOf(draft, parent).availableChildren?.includes(position) ?? true;
}

/** Notes that a process runs. */
export function enter(draft: Draft, process: ProcessId, activity?: Activity): void {
  draft.trace?.push(activity === undefined ? { process } : { process, activity: activity.identifier });
}

/** Notes an exception, with the activity that stands in the way where it is another than the process runs on, and hands it on. */
export function raise<Code extends ExceptionCode>(
  draft: Draft,
  code: Code,
  activity?: Activity,
): { readonly exception: Code } {
  if (draft.trace !== undefined) {
    const process = code.slice(0, code.lastIndexOf("-")) as ProcessId;
    draft.trace.push({ process, exception: code, ...(activity && { activity: activity.identifier }) });
  }
  return { exception: code };
}
