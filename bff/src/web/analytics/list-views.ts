import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { CourseReportService, ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { LearnerReportService } from "@coursemesh/proto/coursemesh/analytics/v1/learner_report_pb.ts";
import { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import { UsageReportService } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import type { AnalyticsViewService } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";
import { readBoardQuestion } from "./board-question.ts";
import { toFactRow, toFiguresView, toNamedFigures, toPoints } from "./figures.mapper.ts";
import { readChoices } from "./filter-choices.ts";
import { readSummary } from "./read-board.ts";

/** How lists of figures are sorted, by the word of the view. */
export const ORDERS: ReadonlyMap<string, ReportOrder> = new Map([
  ["", ReportOrder.UNSPECIFIED],
  ["launches", ReportOrder.LAUNCHES_DESC],
  ["registrations", ReportOrder.REGISTRATIONS_DESC],
  ["completion_asc", ReportOrder.COMPLETION_ASC],
  ["completion_desc", ReportOrder.COMPLETION_DESC],
  ["score_asc", ReportOrder.SCORE_ASC],
  ["score_desc", ReportOrder.SCORE_DESC],
  ["time", ReportOrder.TIME_DESC],
  ["name", ReportOrder.NAME_ASC],
  ["activity", ReportOrder.LAST_ACTIVITY_DESC],
]);

type Lists =
  | "compareCourses"
  | "listLearnerFigures"
  | "getLearnerFigures"
  | "listCustomerFigures"
  | "listFilterChoices";

/** Boards that are lists: courses, learners, customers. */
export function listViews({ clients }: ViewDeps): Pick<ServiceImpl<typeof AnalyticsViewService>, Lists> {
  const courseReports = clients.of(CourseReportService);
  const learnerReports = clients.of(LearnerReportService);
  const usage = clients.of(UsageReportService);

  return {
    async compareCourses({ question, order, pageSize, pageToken }) {
      const asked = readBoardQuestion(question);
      const { period, filter } = asked;
      const [only, ...others] = filter.courseIds ?? [];
      const page = { pageSize, pageToken, withTotal: true };
      const [{ summary }, courses, report] = await Promise.all([
        readSummary(clients, asked),
        courseReports.listCourseReports({ page, period, filter, order: readOrder(order) }),
        only !== undefined && others.length === 0
          ? courseReports.getCourseReport({ courseId: only, period, filter })
          : undefined,
      ]);
      return {
        summary,
        courses: courses.courses.map(toNamedFigures),
        versions: (report?.versions ?? []).map(({ courseVersionId, number, figures }) => ({
          id: courseVersionId,
          number,
          figures: toFiguresView(figures),
        })),
        nextPageToken: courses.page?.nextPageToken ?? "",
        total: courses.page?.total ?? 0n,
      };
    },

    async listLearnerFigures({ question, query, order, pageSize, pageToken }) {
      const asked = readBoardQuestion(question);
      const { period, filter } = asked;
      const page = { pageSize, pageToken, withTotal: true };
      const [{ summary }, engagement, timeline, list] = await Promise.all([
        readSummary(clients, asked),
        clients.of(OverviewService).getEngagement({ period, filter }),
        clients.of(OverviewService).getActivityTimeline({ period, filter }),
        learnerReports.listLearnerReports({ page, period, filter, query, order: readOrder(order) }),
      ]);
      return {
        summary,
        points: toPoints(timeline.points, asked.end),
        newLearners: engagement.points.map(({ newLearners }) => newLearners),
        groups: engagement.groups.map(({ minDays, maxDays, learners }) => ({
          from: minDays,
          to: maxDays,
          count: learners,
        })),
        learners: list.learners.map(({ learnerId, name, figures, lastActivityTime }) => ({
          id: learnerId,
          name,
          figures: toFiguresView(figures),
          lastActivityTime: millisOf(lastActivityTime),
        })),
        nextPageToken: list.page?.nextPageToken ?? "",
        total: list.page?.total ?? 0n,
      };
    },

    async getLearnerFigures({ learnerId, question }) {
      const asked = readBoardQuestion(question);
      const theirs = { ...asked, filter: { ...asked.filter, learnerIds: [learnerId] } };
      const [{ summary }, report] = await Promise.all([
        readSummary(clients, theirs),
        learnerReports.getLearnerReport({ learnerId, period: asked.period, filter: asked.filter }),
      ]);
      return {
        summary,
        learner: {
          id: learnerId,
          name: report.learner?.name ?? "",
          figures: toFiguresView(report.learner?.figures),
          lastActivityTime: millisOf(report.learner?.lastActivityTime),
        },
        points: toPoints(report.points, asked.end),
        registrations: report.registrations.map(toFactRow),
      };
    },

    async listCustomerFigures({ question, query, pageSize, pageToken }) {
      const asked = readBoardQuestion(question);
      const { period, filter } = asked;
      const page = { pageSize, pageToken, withTotal: true };
      const [{ summary }, list, own] = await Promise.all([
        readSummary(clients, asked),
        usage.listCustomerUsage({ page, period, filter, query }),
        usage.getOrganizationUsage({ period }),
      ]);
      const { $typeName: _, $unknown: __, organizationId: ___, name: ____, ...used } = own.usage ?? {};
      return {
        summary,
        customers: list.customers.map((customer) => ({
          id: customer.destinationId,
          name: customer.name,
          figures: toFiguresView(customer.figures),
          lastActivityTime: millisOf(customer.lastContactTime),
          refusals: customer.refusals,
          downloads: customer.downloads,
        })),
        nextPageToken: list.page?.nextPageToken ?? "",
        total: list.page?.total ?? 0n,
        organization: used,
      };
    },

    async listFilterChoices({ courseId }) {
      return readChoices(clients, courseId);
    },
  };
}

function readOrder(text: string): ReportOrder {
  const order = ORDERS.get(text);
  if (order === undefined) throw fieldInvalid("order", `${text} is no order`);
  return order;
}
