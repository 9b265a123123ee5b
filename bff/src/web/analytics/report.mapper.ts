import type { MessageInitShape } from "@bufbuild/protobuf";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import {
  Dimension,
  Measure,
  type ReportQuestionSchema,
  type ReportRow,
  type SavedReport,
} from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type {
  ReportRowViewSchema,
  ReportView,
  ReportViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { enumOfText, textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";
import { periodOf, readStep, toReportFilter } from "./board-question.ts";

/** @param viewerId who looks at it. */
export function toReportView(report: SavedReport, viewerId: string): MessageInitShape<typeof ReportViewSchema> {
  const { question } = report;
  const {
    courseIds = [],
    courseVersionIds = [],
    destinationIds = [],
    tags = [],
    learnerIds = [],
  } = question?.filter ?? {};
  return {
    id: report.id,
    name: report.name,
    description: report.description,
    lastDays: question?.lastDays ?? 0,
    startTime: millisOf(question?.period?.startTime),
    endTime: millisOf(question?.period?.endTime),
    timeZone: question?.period?.timeZone ?? "",
    step: textOfEnum(Step, question?.period?.step ?? Step.DAY),
    filter: { courseIds, courseVersionIds, destinationIds, tags, learnerIds },
    dimensions: (question?.dimensions ?? []).map((dimension) => textOfEnum(Dimension, dimension)),
    measures: (question?.measures ?? []).map((measure) => textOfEnum(Measure, measure)),
    sort: question?.sort ?? 0,
    view: report.view,
    shared: report.shared,
    own: report.ownerId === viewerId,
    updateTime: millisOf(report.updateTime),
    etag: report.etag,
  };
}

/** @throws FIELD_INVALID */
export function toQuestion(report: ReportView | undefined): MessageInitShape<typeof ReportQuestionSchema> {
  if (report === undefined) throw fieldInvalid("report", "is required");
  const { startTime, endTime, timeZone, step, dimensions, measures } = report;
  const named = <Value extends number>(field: string, names: Record<string, Value | string>, texts: string[]) =>
    texts.map((text) => {
      const value = enumOfText<Value>(names, text);
      if (value === undefined) throw fieldInvalid(`report.${field}`, `${text} is unknown`);
      return value;
    });
  // Step and time zone are the period's also where the days are counted back from now.
  const start = startTime > 0n ? startTime : BigInt(Date.now());
  return {
    period: periodOf(start, endTime, readStep(step), timeZone),
    lastDays: report.lastDays,
    filter: toReportFilter(report.filter),
    dimensions: named<Dimension>("dimensions", Dimension, dimensions),
    measures: named<Measure>("measures", Measure, measures),
    sort: report.sort,
  };
}

export function toReportRow({ dimensions, measures }: ReportRow): MessageInitShape<typeof ReportRowViewSchema> {
  return {
    keys: dimensions.map(({ key, name }) => ({ key, name })),
    cells: measures.map(({ value }) => {
      if (value.case === undefined) return {};
      if (value.case === "rate") return { value: Number(value.value.count), of: Number(value.value.of) };
      return { value: Number(value.value) };
    }),
  };
}
