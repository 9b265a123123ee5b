import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { OverviewService } from "@coursemesh/proto/coursemesh/analytics/v1/overview_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { topCourses } from "../course-report/list-courses.ts";
import { countEnrolled } from "../figures/enrolled.ts";
import { figuresOf, timelineOf } from "../figures/figures.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { type Scope, scopeOf } from "../figures/scope.ts";
import { readPeriod } from "../period/read-period.ts";
import { stepsOf } from "../period/steps.ts";
import { snapshot } from "../store/snapshot.ts";
import { engagementOf } from "./engagement.ts";

/** Figures of the caller's whole organization. */
export function overviewRpc({ pool, now }: AnalyticsParts): ServiceImpl<typeof OverviewService> {
  return {
    async getOverview({ period, filter }, context) {
      const tenantId = organizationOf(context);
      const range = readPeriod(period, now());
      const scope = scopeOf(tenantId, filter);
      return snapshot(pool(), tenantId, async (client) => {
        const earlier = { from: range.from - (range.to - range.from), to: range.from };
        const [figures, previous] = await figuresOf(client, scope, [range, earlier]);
        return {
          ...(figures && { figures }),
          ...(previous && { previous }),
          ...(await countsOf(client, scope)),
          topCourses: await topCourses(client, scope, range),
          openSessionCount: await openSessions(client, scope),
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },

    async getActivityTimeline({ period, filter }, context) {
      const tenantId = organizationOf(context);
      const read = readPeriod(period, now());
      return snapshot(pool(), tenantId, async (client) => ({
        points: await timelineOf(client, scopeOf(tenantId, filter), await stepsOf(client, read)),
        freshness: await freshnessOf(client, tenantId),
      }));
    },

    async getEngagement({ period, filter }, context) {
      const tenantId = organizationOf(context);
      const read = readPeriod(period, now());
      return snapshot(pool(), tenantId, async (client) => ({
        ...(await engagementOf(client, scopeOf(tenantId, filter), read)),
        freshness: await freshnessOf(client, tenantId),
      }));
    },
  };
}

/** Learners in a course now. */
export async function openSessions(client: pg.ClientBase, scope: Scope): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from registration_fact r where r.tenant_id = $1 and r.open and ${scope.whereRegistration}`,
    [scope.tenantId, ...scope.values],
  );
  return BigInt(rows[0]?.count ?? 0);
}

async function countsOf(client: pg.ClientBase, scope: Scope): Promise<{ courseCount: bigint; learnerCount: bigint }> {
  if (scope.level === 1)
    return {
      courseCount: await countUsed(client, scope),
      learnerCount: BigInt(await countEnrolled(client, scope.tenantId, scope.courseIds)),
    };
  const registrations = `registration_fact r where r.tenant_id = $1 and ${scope.whereRegistration}`;
  const question =
    scope.level === 0
      ? `select (select count(*) from entity where tenant_id = $1 and kind = 'course' and not deleted) as courses,
           coalesce((select learners from tally where tenant_id = $1), 0) as learners`
      : `select (select count(distinct r.course_id) from ${registrations}) as courses,
           (select count(*) from (select distinct r.learner_no from ${registrations}) l) as learners`;
  const { rows } = await client.query<{ courses: string; learners: string }>(question, [
    scope.tenantId,
    ...scope.values,
  ]);
  return { courseCount: BigInt(rows[0]?.courses ?? 0), learnerCount: BigInt(rows[0]?.learners ?? 0) };
}

/** Which of the courses have registrations is found without counting those. */
async function countUsed(client: pg.ClientBase, { tenantId, courseIds }: Scope): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    "select count(distinct course_id) as count from enrolled_set where tenant_id = $1 and course_id = any($2::uuid[])",
    [tenantId, courseIds],
  );
  return BigInt(rows[0]?.count ?? 0);
}
