import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { CourseReportService, ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { Dimension, Measure, SavedReportService } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { UsageReportService } from "@coursemesh/proto/coursemesh/analytics/v1/usage_report_pb.ts";
import { periodOf } from "./board-question.ts";

/** Choices of each sort. */
const CHOICES = 200;
/** Tags of registrations that came in this time, and of their courses. */
const TAG_DAYS = 366;

/** What boards can be filtered by. @param courseId whose versions are wanted; empty: none. */
export async function readChoices(clients: Clients, courseId: string) {
  const reports = clients.of(CourseReportService);
  const now = Date.now();
  const period = periodOf(BigInt(now - 86_400_000), 0n, Step.DAY, "");
  const page = { pageSize: CHOICES };
  const [courses, destinations, tags, course] = await Promise.all([
    reports.listCourseReports({ page, period, order: ReportOrder.NAME_ASC }),
    clients.of(UsageReportService).listCustomerUsage({ page, period }),
    clients.of(SavedReportService).runReport({
      page,
      by: {
        case: "question",
        value: { lastDays: TAG_DAYS, dimensions: [Dimension.TAG], measures: [Measure.REGISTRATIONS] },
      },
    }),
    courseId === "" ? undefined : reports.getCourseReport({ courseId, period }),
  ]);
  return {
    courses: courses.courses.map(({ courseId: id, title }) => ({ id, name: title })),
    versions: (course?.versions ?? []).map(({ courseVersionId: id, number }) => ({ id, name: String(number) })),
    destinations: destinations.customers.map(({ destinationId: id, name }) => ({ id, name })),
    tags: tags.rows.flatMap(({ dimensions }) => dimensions[0]?.key ?? []).filter((tag) => tag !== ""),
  };
}
