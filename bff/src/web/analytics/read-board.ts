import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { CourseReportService, ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import { type GetOverviewResponse, OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type {
  BoardSummarySchema,
  FiguresPointSchema,
  NamedFiguresSchema,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { Asked } from "./board-question.ts";
import { toFiguresView, toNamedFigures, toPoints } from "./figures.mapper.ts";

/** Courses that a board puts beside each other. */
const COURSES = 20;

/** The course a board is about. */
export interface ChosenCourse {
  readonly id: string;
  readonly title: string;
}

/** Figures of the period and of the one it is compared with. */
export async function readSummary(
  clients: Clients,
  { period, previous, filter }: Asked,
): Promise<{ overview: GetOverviewResponse; summary: MessageInitShape<typeof BoardSummarySchema> }> {
  const service = clients.of(OverviewService);
  const [overview, earlier] = await Promise.all([
    service.getOverview({ period, filter }),
    previous && service.getOverview({ period: previous, filter }),
  ]);
  return {
    overview,
    summary: {
      figures: toFiguresView(overview.figures),
      ...(earlier && { previous: toFiguresView(earlier.figures) }),
      asOf: millisOf(overview.freshness?.asOf),
      partial: overview.freshness?.partial ?? false,
    },
  };
}

/** Figures of each step of the period, and of the one it is compared with. */
export async function readPoints(
  clients: Clients,
  { period, previous, filter, end }: Asked,
): Promise<{
  points: MessageInitShape<typeof FiguresPointSchema>[];
  previousPoints: MessageInitShape<typeof FiguresPointSchema>[];
}> {
  const service = clients.of(OverviewService);
  const [now, earlier] = await Promise.all([
    service.getActivityTimeline({ period, filter }),
    previous && service.getActivityTimeline({ period: previous, filter }),
  ]);
  return { points: toPoints(now.points, end), previousPoints: toPoints(earlier?.points ?? [], end) };
}

/** Courses with registrations, those with most first. */
export async function readCourses(
  clients: Clients,
  { period, filter }: Asked,
): Promise<MessageInitShape<typeof NamedFiguresSchema>[]> {
  const page = { pageSize: COURSES };
  const order = ReportOrder.REGISTRATIONS_DESC;
  const { courses } = await clients.of(CourseReportService).listCourseReports({ page, period, filter, order });
  return courses.filter(({ figures }) => (figures?.registrations ?? 0n) > 0n).map(toNamedFigures);
}

/** The one course of the filter, else the one with most launches; undefined when there is none. */
export async function chooseCourse(
  clients: Clients,
  { period, filter }: Asked,
  overview: GetOverviewResponse,
): Promise<ChosenCourse | undefined> {
  const [only, ...others] = filter.courseIds ?? [];
  const top = overview.topCourses[0];
  if (top && (only === undefined || others.length > 0 || top.courseId === only))
    return { id: top.courseId, title: top.title };
  if (only === undefined) return undefined;
  const page = { pageSize: 1 };
  const { courses } = await clients.of(CourseReportService).listCourseReports({ page, period, filter });
  return { id: only, title: courses[0]?.title ?? "" };
}
