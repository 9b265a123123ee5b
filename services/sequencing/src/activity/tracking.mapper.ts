import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import {
  type ActivityTracking,
  ActivityTrackingSchema,
  type ObjectiveTrackingSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/tracking_pb.ts";
import type { Activity, Objective, ObjectiveField } from "@coursemesh/scorm/sequencing/activity-index.ts";
import { type Draft, draftOf } from "@coursemesh/scorm/sequencing/draft.ts";
import { isCompleted, isSatisfied, readObjective } from "@coursemesh/scorm/sequencing/objective-status.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import type { Truth } from "@coursemesh/scorm/sequencing/trace.ts";

const noChance = () => 0;

/** Tracking of an activity as every process sees it: through its objective maps and thresholds. @param now milliseconds since 1970 */
export function trackingMessage(session: SequencingSession, activity: Activity, now: number): ActivityTracking {
  const draft = draftOf(session, { now, random: noChance });
  const tracking = session.tracking[activity.index];
  const running = tracking?.activeSince === undefined ? 0 : Math.max(0, now - tracking.activeSince);
  const milliseconds = (seconds: number | undefined, more = 0) => BigInt(Math.round((seconds ?? 0) * 1000 + more));
  const primary = objectiveMessage(draft, activity, activity.primaryObjective);
  const attempted = (tracking?.attemptCount ?? 0) > 0;
  return create(ActivityTrackingSchema, {
    completion: primary.completion === Completion.UNKNOWN && !attempted ? Completion.NOT_ATTEMPTED : primary.completion,
    success: primary.success,
    ...definedOf({ scoreScaled: primary.scoreScaled, progressMeasure: primary.progressMeasure }),
    attemptCount: tracking?.attemptCount ?? 0,
    absoluteDurationMs: milliseconds(tracking?.activityAbsoluteDuration, running),
    experiencedDurationMs: milliseconds(tracking?.activityExperiencedDuration),
    attemptAbsoluteDurationMs: milliseconds(tracking?.attemptAbsoluteDuration, running),
    attemptExperiencedDurationMs: milliseconds(tracking?.attemptExperiencedDuration),
    objectives: activity.objectives.map((objective) => objectiveMessage(draft, activity, objective)),
  });
}

/** Objectives of an activity, the primary one first. */
export function objectiveMessages(session: SequencingSession, activity: Activity, now: number): ObjectiveInit[] {
  const draft = draftOf(session, { now, random: noChance });
  return activity.objectives.map((objective) => objectiveMessage(draft, activity, objective));
}

type ObjectiveInit = Exclude<MessageInitShape<typeof ObjectiveTrackingSchema>, { $typeName: string }> & {
  readonly completion: Completion;
  readonly success: Success;
};

function objectiveMessage(draft: Draft, activity: Activity, objective: Objective): ObjectiveInit {
  const value = <Field extends ObjectiveField>(field: Field) => readObjective(draft, activity, objective, field);
  return {
    objectiveId: objective.id ?? "",
    primary: objective === activity.primaryObjective,
    success: successOf(isSatisfied(draft, activity, objective)),
    completion: completionOf(isCompleted(draft, activity, objective)),
    ...definedOf({
      scoreScaled: value("measure"),
      scoreRaw: value("scoreRaw"),
      scoreMin: value("scoreMin"),
      scoreMax: value("scoreMax"),
      progressMeasure: value("completionAmount"),
    }),
    globalObjectiveIds: globalsOf(objective).map((global) => draft.course.globalObjectives[global] ?? ""),
  };
}

function globalsOf({ reads, writes }: Objective): number[] {
  return [...new Set([...Object.values(reads), ...Object.values(writes).flat()])];
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** Entries that have a value. */
export function definedOf<Values extends object>(values: Values): Defined<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>;
}

export function successOf(satisfied: Truth): Success {
  if (satisfied === undefined) return Success.UNKNOWN;
  return satisfied ? Success.PASSED : Success.FAILED;
}

export function completionOf(completed: Truth): Completion {
  if (completed === undefined) return Completion.UNKNOWN;
  return completed ? Completion.COMPLETE : Completion.INCOMPLETE;
}
