import { create } from "@bufbuild/protobuf";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import {
  type ActivityResult,
  ActivityResultSchema,
  type ObjectiveResult,
  ObjectiveResultSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { UnansweredStep } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { AttemptReport, ObjectiveReport } from "@coursemesh/scorm/sequencing/run-time-input.ts";

const MOST_OBJECTIVES = 2_000;
const LONGEST_ID = 4_000;

const completions = {
  completed: Completion.COMPLETE,
  incomplete: Completion.INCOMPLETE,
  "not attempted": Completion.NOT_ATTEMPTED,
  unknown: Completion.UNKNOWN,
} as const;
const successes = { passed: Success.PASSED, failed: Success.FAILED, unknown: Success.UNKNOWN } as const;

/**
 * What an activity reports. The core's own report goes along as JSON, because courses write what no message can carry; the fields are for readers
 * and leave out what does not fit them. Undefined when nothing is reported.
 */
export function activityReport({ activity, report, shared }: UnansweredStep): ActivityResult | undefined {
  if (report === undefined || activity === "") return undefined;
  return create(ActivityResultSchema, {
    activityId: activity.toWellFormed(),
    ...standing(report),
    sessionTimeMs: BigInt(Math.round((report.sessionTime ?? 0) * 1000)),
    suspended: report.exit === "suspend",
    exit: report.exit,
    objectives: report.objectives
      .filter(({ id }) => id !== "" && id.length <= LONGEST_ID)
      .slice(0, MOST_OBJECTIVES)
      .map(objectiveReport),
    reportJson: Buffer.from(JSON.stringify(report)),
    ...(shared && { sharedJson: Buffer.from(JSON.stringify(shared)) }),
  });
}

function objectiveReport(objective: ObjectiveReport): ObjectiveResult {
  const { scoreRaw, scoreMin, scoreMax } = objective;
  return create(ObjectiveResultSchema, {
    objectiveId: objective.id.toWellFormed(),
    ...standing(objective),
    ...(scoreRaw !== undefined && { scoreRaw }),
    ...(scoreMin !== undefined && { scoreMin }),
    ...(scoreMax !== undefined && { scoreMax }),
  });
}

function standing(report: Omit<ObjectiveReport, "id"> | AttemptReport) {
  const { completionStatus, successStatus, scoreScaled, progressMeasure } = report;
  return {
    ...(completionStatus !== undefined && { completion: completions[completionStatus] }),
    ...(successStatus !== undefined && { success: successes[successStatus] }),
    ...(within(scoreScaled, -1) && { scoreScaled }),
    ...(within(progressMeasure, 0) && { progressMeasure }),
  };
}

function within(value: number | undefined, least: number): value is number {
  return value !== undefined && value >= least && value <= 1;
}
