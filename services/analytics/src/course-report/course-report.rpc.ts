import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { type CourseReportService, TimeKind } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { ReportFilter } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { courseNotFound } from "../errors.ts";
import { cohortOf, countValues } from "../figures/cohort.ts";
import { distributionOf, spreadOf } from "../figures/distribution.ts";
import { type EntityRow, presentEntity } from "../figures/entities.ts";
import { figuresOf, timelineOf } from "../figures/figures.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { pageOf } from "../figures/report-order.ts";
import { type Scope, scopeOf } from "../figures/scope.ts";
import { SCORE_UNIT } from "../fold/measures.ts";
import { readPeriod } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import { snapshot } from "../store/snapshot.ts";
import { attemptsToPass } from "./attempts.ts";
import { dropOff } from "./drop-off.ts";
import { sortedCourses, withFigures } from "./list-courses.ts";
import { listQuestions } from "./questions.ts";
import { versionFigures } from "./version-figures.ts";

/** Active time unless another is asked for. */
const TIME_COLUMNS = new Map([
  [TimeKind.WALL as number, "wall_ms" as const],
  [TimeKind.REPORTED, "reported_ms" as const],
]);

/** Reports on courses of the caller's organization. */
export function courseReportRpc({ pool, now }: AnalyticsParts): ServiceImpl<typeof CourseReportService> {
  /** Reads about one course that is there. @throws COURSE_NOT_FOUND */
  const ofCourse = <T>(
    tenantId: string,
    id: string,
    filter: ReportFilter | undefined,
    work: (client: pg.ClientBase, scope: Scope, course: EntityRow) => Promise<T>,
  ): Promise<T> =>
    snapshot(pool(), tenantId, async (client) => {
      const course = await presentEntity(client, tenantId, "course", id);
      if (course === undefined) throw courseNotFound({ id });
      const asked = filter?.courseIds ?? [];
      // A filter by other courses leaves nothing of this one.
      const courseIds = asked.length === 0 || asked.includes(course.id) ? [course.id] : [tenantId];
      return work(client, scopeOf(tenantId, filter, { courseIds }), course);
    });

  return {
    async listCourseReports({ page, period, filter, order }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      const scope = scopeOf(tenantId, filter);
      const list = JSON.stringify(["course reports", tenantId, scope.values, scope.where, order]);
      const start = readPageRequest(page, list);
      return snapshot(pool(), tenantId, async (client) => {
        const all = await sortedCourses(client, scope, range, order);
        const { rows, nextPageToken } = cutPage(pageOf(all, start), start, list, ({ sort }) => sort);
        const total = page?.withTotal ? { total: BigInt(all.length) } : {};
        return {
          courses: await withFigures(client, scope, range, rows),
          page: { nextPageToken, ...total },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getCourseReport({ courseId, period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return ofCourse(tenantId, courseId, filter, async (client, scope, course) => {
        const [figures] = await figuresOf(client, scope, [range]);
        return {
          course: { courseId: course.id, title: course.name, ...(figures && { figures }) },
          points: await timelineOf(client, scope, await stepsOf(client, range)),
          versions: await versionFigures(client, scope, range, course.id),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getScoreDistribution({ courseId, period, filter, activityId, steps }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return ofCourse(tenantId, courseId, filter, async (client, scope) => {
        const counted = await countValues(client, cohortOf(scope, range), "score", activityId);
        const { values, without } = counted;
        const spread = spreadOf(values);
        const from = values.some(({ value }) => value < 0) ? -SCORE_UNIT : 0;
        const scaled = (value: number): number => value / SCORE_UNIT;
        return {
          steps: distributionOf(values, from, SCORE_UNIT, steps || 10).map((step) => ({
            ...step,
            from: scaled(step.from),
            to: scaled(step.to),
          })),
          ...(spread && {
            mean: scaled(spread.mean),
            median: scaled(spread.median),
            standardDeviation: scaled(spread.deviation),
          }),
          withoutScore: BigInt(without),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getDropOff({ courseId, courseVersionId, period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return ofCourse(tenantId, courseId, filter, async (client, scope, course) => ({
        steps: await dropOff(client, cohortOf(scope, range), courseVersionId || course.current_id || undefined),
        freshness: await freshnessOf(client, tenantId),
      }));
    },

    async getAttemptsToPass({ courseId, period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return ofCourse(tenantId, courseId, filter, async (client, scope) => ({
        ...(await attemptsToPass(client, cohortOf(scope, range))),
        freshness: await freshnessOf(client, tenantId),
      }));
    },

    async getTimeDistribution({ courseId, period, filter, activityId, kind, steps }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      return ofCourse(tenantId, courseId, filter, async (client, scope) => {
        const { values } = await countValues(
          client,
          cohortOf(scope, range),
          TIME_COLUMNS.get(kind) ?? "active_ms",
          activityId,
        );
        const spread = spreadOf(values);
        return {
          steps: distributionOf(values, 0, Math.max(1, values.at(-1)?.value ?? 1), steps || 20),
          ...(spread && { medianMs: spread.median }),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async listQuestionReports({ page, courseId, courseVersionId, period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      const list = JSON.stringify(["questions", tenantId, courseId, courseVersionId, filter?.$typeName]);
      const start = readPageRequest(page, list);
      return ofCourse(tenantId, courseId, filter, async (client, scope) => {
        const all = await listQuestions(client, cohortOf(scope, range), courseVersionId);
        const sorted = all.map((question) => ({
          question,
          sort: [question.activityId, question.questionId] as const,
        }));
        const { rows, nextPageToken } = cutPage(pageOf(sorted, start), start, list, ({ sort }) => sort);
        return {
          questions: rows.map(({ question }) => question),
          page: { nextPageToken, ...(page?.withTotal && { total: BigInt(all.length) }) },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },
  };
}
