import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { QuestionReport } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { LearnerFigures } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import type { CourseFigures } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type { Figures } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type { RegistrationFacts } from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import {
  Dimension,
  Measure,
  type ReportQuestion,
  type ReportRow,
} from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type { CustomerUsage } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { enumName } from "../report/enum-name.ts";
import type { Cell } from "./table-writer.ts";

/** One column of a file. */
export type Column<Row> = readonly [name: string, cell: (row: Row) => Cell];

const time = (stamp: Parameters<typeof timestampDate>[0] | undefined): Cell =>
  stamp ? timestampDate(stamp).toISOString() : null;

function figureColumns<Row>(figuresOf: (row: Row) => Figures | undefined): Column<Row>[] {
  const column = (name: string, cell: (figures: Figures) => Cell | undefined): Column<Row> => [
    name,
    (row) => {
      const figures = figuresOf(row);
      return (figures && cell(figures)) ?? null;
    },
  ];
  return [
    column("active_learners", ({ activeLearners }) => activeLearners),
    column("registrations", ({ registrations }) => registrations),
    column("new_registrations", ({ newRegistrations }) => newRegistrations),
    column("launches", ({ launches }) => launches),
    column("completed", ({ completion }) => completion?.count),
    column("passed", ({ pass }) => pass?.count),
    column("failed", ({ failed }) => failed),
    column("average_score", ({ averageScoreScaled }) => averageScoreScaled),
    column("wall_ms", ({ time: spent }) => spent?.wallMs),
    column("active_ms", ({ time: spent }) => spent?.activeMs),
    column("reported_ms", ({ time: spent }) => spent?.reportedMs),
  ];
}

export const courseColumns: readonly Column<CourseFigures>[] = [
  ["course_id", ({ courseId }) => courseId],
  ["title", ({ title }) => title],
  ...figureColumns<CourseFigures>(({ figures }) => figures),
];

export const learnerColumns: readonly Column<LearnerFigures>[] = [
  ["learner_id", ({ learnerId }) => learnerId],
  ["name", ({ name }) => name],
  ["last_activity_time", ({ lastActivityTime }) => time(lastActivityTime)],
  ...figureColumns<LearnerFigures>(({ figures }) => figures),
];

export const customerColumns: readonly Column<CustomerUsage>[] = [
  ["destination_id", ({ destinationId }) => destinationId],
  ["name", ({ name }) => name],
  ["refusals", ({ refusals }) => refusals],
  ["downloads", ({ downloads }) => downloads],
  ["last_contact_time", ({ lastContactTime }) => time(lastContactTime)],
  ...figureColumns<CustomerUsage>(({ figures }) => figures),
];

export const questionColumns: readonly Column<QuestionReport>[] = [
  ["activity_id", ({ activityId }) => activityId],
  ["question_id", ({ questionId }) => questionId],
  ["text", ({ text }) => text],
  ["type", ({ type }) => type],
  ["answered", ({ answered }) => answered],
  ["correct", ({ correct }) => correct?.count ?? 0n],
  ["discrimination", ({ discrimination }) => discrimination ?? null],
  ["median_latency_ms", ({ medianLatencyMs }) => medianLatencyMs ?? null],
];

export const registrationColumns: readonly Column<RegistrationFacts>[] = [
  ["registration_id", ({ registrationId }) => registrationId],
  ["course_id", ({ courseId }) => courseId],
  ["course_title", ({ courseTitle }) => courseTitle],
  ["course_version_id", ({ courseVersionId }) => courseVersionId],
  ["learner_id", ({ learnerId }) => learnerId],
  ["learner_name", ({ learnerName }) => learnerName],
  ["destination_id", ({ destinationId }) => destinationId],
  ["dispatch_id", ({ dispatchId }) => dispatchId],
  ["completion", ({ result }) => enumName(Completion, result?.completion ?? 0)],
  ["success", ({ result }) => enumName(Success, result?.success ?? 0)],
  ["score", ({ result }) => result?.score?.scaled ?? null],
  ["progress", ({ result }) => result?.progress ?? 0],
  ["wall_ms", ({ time: spent }) => spent?.wallMs ?? 0n],
  ["active_ms", ({ time: spent }) => spent?.activeMs ?? 0n],
  ["reported_ms", ({ time: spent }) => spent?.reportedMs ?? 0n],
  ["attempts", ({ attemptCount }) => attemptCount],
  ["launches", ({ launchCount }) => launchCount],
  ["first_launch_time", ({ firstLaunchTime }) => time(firstLaunchTime)],
  ["last_activity_time", ({ lastActivityTime }) => time(lastActivityTime)],
  ["complete_time", ({ completeTime }) => time(completeTime)],
];

/** A dimension has a column for its key and, where people call it otherwise, one for its name. */
export function reportColumns({ dimensions, measures }: ReportQuestion): Column<ReportRow>[] {
  return [
    ...dimensions.flatMap((dimension, index): Column<ReportRow>[] => {
      const name = enumName(Dimension, dimension);
      const key: Column<ReportRow> = [name, (row) => row.dimensions[index]?.key ?? ""];
      const unnamed: readonly Dimension[] = [Dimension.TIME, Dimension.TAG, Dimension.SOURCE, Dimension.STATUS];
      const named = !unnamed.includes(dimension);
      return named ? [key, [`${name}_name`, (row) => row.dimensions[index]?.name ?? ""]] : [key];
    }),
    ...measures.map(
      (measure, index): Column<ReportRow> => [
        enumName(Measure, measure),
        (row) => measureCell(row.measures[index]?.value),
      ],
    ),
  ];
}

function measureCell(value: ReportRow["measures"][number]["value"] | undefined): Cell {
  if (value?.case === undefined) return null;
  if (value.case !== "rate") return value.value;
  return value.value.of > 0n ? Number(value.value.count) / Number(value.value.of) : null;
}
