import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { ExportReportRequestSchema } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import type { PeriodSchema, ReportFilterSchema } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { Dimension, Measure } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { FigureViewSchema } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import type { QueryParameters } from "../http/query-parameters.ts";
import { readStep } from "../web/analytics/board-question.ts";
import { toFigure } from "../web/analytics/figure.mapper.ts";
import { ORDERS } from "../web/analytics/list-views.ts";

/** What can be exported, by the word in the address. */
export const REPORTS = [
  "reach",
  "completion",
  "time",
  "courses",
  "learners",
  "customers",
  "questions",
  "registrations",
  "saved",
] as const;

type Report = NonNullable<MessageInitShape<typeof ExportReportRequestSchema>["report"]>;

/** Columns of the boards that show figures over time. */
const TIMELINES = {
  reach: [Measure.ACTIVE_LEARNERS, Measure.LAUNCHES, Measure.NEW_REGISTRATIONS, Measure.REGISTRATIONS],
  completion: [
    Measure.REGISTRATIONS,
    Measure.COMPLETED,
    Measure.PASSED,
    Measure.FAILED,
    Measure.COMPLETION_RATE,
    Measure.PASS_RATE,
    Measure.AVERAGE_SCORE,
  ],
  time: [Measure.LAUNCHES, Measure.WALL_TIME, Measure.ACTIVE_TIME, Measure.REPORTED_TIME],
} as const;

/** @throws FIELD_INVALID */
export function readExport(query: QueryParameters, name: (typeof REPORTS)[number]): Report {
  if (name === "saved") return { case: "savedReportId", value: query.text("id") ?? "" };
  const period = readPeriod(query);
  const filter = readFilter(query);
  const order = ORDERS.get(query.text("order") ?? "") ?? ReportOrder.UNSPECIFIED;
  const text = query.text("query") ?? "";
  switch (name) {
    case "courses":
      return { case: "courses", value: { period, filter, order } };
    case "learners":
      return { case: "learners", value: { period, filter, order, query: text } };
    case "customers":
      return { case: "customers", value: { period, filter, query: text } };
    case "questions": {
      const [courseId = "", ...others] = filter.courseIds ?? [];
      if (courseId === "" || others.length > 0) throw fieldInvalid("course", "must name one course");
      const [courseVersionId = ""] = filter.courseVersionIds ?? [];
      return { case: "questions", value: { courseId, courseVersionId, period, filter } };
    }
    case "registrations":
      return { case: "registrations", value: { ...readFigure(query), period, filter } };
    default:
      return {
        case: "question",
        value: { period, filter, dimensions: [Dimension.TIME], measures: [...TIMELINES[name]] },
      };
  }
}

function readPeriod(query: QueryParameters): MessageInitShape<typeof PeriodSchema> {
  const [startTime, endTime] = [query.time("from"), query.time("to")];
  if (startTime === undefined) throw fieldInvalid("from", "is required");
  return {
    startTime,
    ...(endTime && { endTime }),
    step: readStep(query.text("step") ?? ""),
    timeZone: query.text("time_zone") ?? "",
  };
}

function readFilter(query: QueryParameters): MessageInitShape<typeof ReportFilterSchema> {
  return {
    courseIds: query.list("course"),
    courseVersionIds: query.list("version"),
    destinationIds: query.list("destination"),
    learnerIds: query.list("learner"),
    tags: query.list("tag"),
  };
}

function readFigure(query: QueryParameters) {
  const number = (name: string): number | undefined => {
    const text = query.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!Number.isFinite(value)) throw fieldInvalid(name, "must be a number");
    return value;
  };
  const [from, to] = [number("figure_from"), number("figure_to")];
  return toFigure(
    create(FigureViewSchema, {
      kind: query.text("figure") ?? "active",
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      activityId: query.text("activity") ?? "",
      questionId: query.text("question") ?? "",
      answer: query.text("answer") ?? "",
      attempts: query.count("attempts") ?? 0,
      timeKind: query.text("time_kind") ?? "",
    }),
  );
}
