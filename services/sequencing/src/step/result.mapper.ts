import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import {
  type ActivityResult,
  ActivityResultSchema,
  type ObjectiveResultSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type {
  AttemptReport,
  CompletionStatus,
  ExitReason,
  ObjectiveReport,
  SuccessStatus,
} from "@coursemesh/scorm/sequencing/run-time-input.ts";
import { definedOf } from "../activity/tracking.mapper.ts";
import { resultInvalid } from "../errors.ts";
import type { Asked } from "./asked.ts";

const completions = new Map<Completion, CompletionStatus>([
  [Completion.COMPLETE, "completed"],
  [Completion.INCOMPLETE, "incomplete"],
  [Completion.NOT_ATTEMPTED, "not attempted"],
  [Completion.UNKNOWN, "unknown"],
]);

const successes = new Map<Success, SuccessStatus>([
  [Success.PASSED, "passed"],
  [Success.FAILED, "failed"],
  [Success.UNKNOWN, "unknown"],
]);

const exits: readonly string[] = ["", "normal", "suspend", "logout", "time-out"] satisfies ExitReason[];

/** What an activity reported, as it is stored with the step. @throws RESULT_INVALID for JSON that is no report */
export function readResult(result: ActivityResult | undefined): Pick<Asked, "report" | "activity" | "shared"> {
  if (result === undefined) return {};
  const report = result.reportJson.length > 0 ? readReport(result) : reportOf(result);
  const shared = result.sharedJson.length > 0 ? readShared(result) : sharedOf(result);
  return { activity: result.activityId, report, ...(shared && { shared }) };
}

function readReport({ reportJson, activityId }: ActivityResult): AttemptReport {
  const report = parsed(reportJson) as Partial<AttemptReport> | null;
  const whole = Array.isArray(report?.objectives) && exits.includes(report.exit ?? "?");
  if (!whole) throw resultInvalid({ activity_id: activityId }, "report_json is not a report");
  return report as AttemptReport;
}

function readShared({ sharedJson, activityId }: ActivityResult): SharedData {
  const shared = parsed(sharedJson);
  const whole = typeof shared === "object" && shared !== null && !Array.isArray(shared);
  if (!whole || !Object.values(shared).every((text) => typeof text === "string")) {
    throw resultInvalid({ activity_id: activityId }, "shared_json is not an object of texts");
  }
  return shared as SharedData;
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(json).toString());
  } catch {
    return null;
  }
}

function reportOf(result: ActivityResult): AttemptReport {
  return {
    ...valuesOf(result),
    objectives: result.objectives.map((it) => ({
      id: it.objectiveId,
      ...valuesOf(it),
      ...definedOf({ scoreRaw: it.scoreRaw, scoreMin: it.scoreMin, scoreMax: it.scoreMax }),
    })),
    exit: result.suspended ? "suspend" : exits.includes(result.exit) ? (result.exit as ExitReason) : "",
    ...(result.sessionTimeMs > 0n && { sessionTime: Number(result.sessionTimeMs) / 1000 }),
  };
}

function valuesOf(it: {
  readonly completion: Completion;
  readonly success: Success;
  readonly scoreScaled?: number | undefined;
  readonly progressMeasure?: number | undefined;
}): Omit<ObjectiveReport, "id"> {
  const completionStatus = completions.get(it.completion);
  const successStatus = successes.get(it.success);
  return {
    ...(completionStatus && { completionStatus }),
    ...(successStatus && { successStatus }),
    ...definedOf({ scoreScaled: it.scoreScaled, progressMeasure: it.progressMeasure }),
  };
}

function sharedOf({ sharedData }: ActivityResult): SharedData | undefined {
  if (sharedData.length === 0) return undefined;
  return Object.fromEntries(sharedData.map(({ targetId, value }) => [targetId, value]));
}

/** A stored report for readers. */
export function resultMessage({ activity, report, shared }: Asked): ActivityResult | undefined {
  if (activity === undefined || report === undefined) return undefined;
  return create(ActivityResultSchema, {
    activityId: activity,
    ...statusesOf(report),
    sessionTimeMs: BigInt(Math.round((report.sessionTime ?? 0) * 1000)),
    suspended: report.exit === "suspend",
    exit: report.exit === "suspend" ? "" : report.exit,
    objectives: report.objectives.map(
      (it): MessageInitShape<typeof ObjectiveResultSchema> => ({
        objectiveId: it.id.toWellFormed(),
        ...statusesOf(it),
        ...definedOf({ scoreRaw: it.scoreRaw, scoreMin: it.scoreMin, scoreMax: it.scoreMax }),
      }),
    ),
    sharedData: Object.entries(shared ?? {}).map(([targetId, value]) => ({ targetId, value: value.toWellFormed() })),
  });
}

function statusesOf(it: Omit<ObjectiveReport, "id">) {
  return {
    completion: keyOf(completions, it.completionStatus) ?? Completion.UNSPECIFIED,
    success: keyOf(successes, it.successStatus) ?? Success.UNSPECIFIED,
    ...definedOf({ scoreScaled: it.scoreScaled, progressMeasure: it.progressMeasure }),
  };
}

function keyOf<Key>(names: ReadonlyMap<Key, string>, name: string | undefined): Key | undefined {
  return [...names].find(([, value]) => value === name)?.[0];
}
