import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import {
  type RegistrationFilter,
  type RegistrationSummary,
  RegistrationSummarySchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type pg from "pg";
import { filterConditions } from "./registration-filter.ts";

interface SummaryColumns {
  course_id: string | null;
  registrations: string;
  not_launched: string;
  incomplete: string;
  complete: string;
  passed: string;
  failed: string;
  complete_only: string;
  incomplete_only: string;
  sessions_open: string;
  launches_30d: string;
  last_launch: Date | null;
}

const MOST_COURSES = 500;
const groupByCourse =
  "group by grouping sets ((), (r.course_id)) order by r.course_id is null desc, registrations desc, r.course_id";

/** Counts by status, of all and by course (the largest first), in one statement. */
export function summarizeRegistrations(
  pool: pg.Pool,
  organizationId: string,
  filter: RegistrationFilter | undefined,
  byCourse: boolean,
  now: Date,
): Promise<{ total: RegistrationSummary; courses: RegistrationSummary[] }> {
  const where = filterConditions(organizationId, filter);
  const heardSince = where.value(new Date(now.getTime() - 2 * 60_000));
  const openedSince = where.value(new Date(now.getTime() - 30 * 24 * 3600_000));
  const sql = `
    with launched as (
      select registration_id, count(*) as launches from launch
      where tenant_id = $1 and not untracked and opened_at >= ${openedSince} group by registration_id
    ), open as (
      select distinct l.registration_id from launch l join instance i on i.lease_launch_id = l.id and i.id = l.instance_id
      where l.tenant_id = $1 and l.ended_at is null and l.opened_at is not null and i.last_access_at > ${heardSince}
    )
    select ${byCourse ? "r.course_id" : "null::uuid as course_id"}, count(*) as registrations,
      count(*) filter (where r.first_launched_at is null) as not_launched,
      count(*) filter (where r.first_launched_at is not null and r.completion <> 3) as incomplete,
      count(*) filter (where r.completion = 3) as complete,
      count(*) filter (where r.success = 2) as passed,
      count(*) filter (where r.success = 3) as failed,
      count(*) filter (where r.completion = 3 and r.success not in (2, 3)) as complete_only,
      count(*) filter (where r.first_launched_at is not null and r.completion <> 3 and r.success not in (2, 3)) as incomplete_only,
      count(o.registration_id) as sessions_open,
      coalesce(sum(l.launches), 0) as launches_30d,
      max(r.last_launched_at) as last_launch
    from registration r
      left join launched l on l.registration_id = r.id
      left join open o on o.registration_id = r.id
    where ${where.sql.join(" and ")}
    ${byCourse ? groupByCourse : ""}
    limit ${MOST_COURSES + 1}`;
  return inTenant(pool, organizationId, async (client) => {
    const { rows } = await client.query<SummaryColumns>(sql, where.values);
    const [total, ...courses] = rows.map(toSummary);
    return { total: total ?? create(RegistrationSummarySchema), courses };
  });
}

function toSummary(row: SummaryColumns): RegistrationSummary {
  return create(RegistrationSummarySchema, {
    courseId: row.course_id ?? "",
    registrations: BigInt(row.registrations),
    notLaunched: BigInt(row.not_launched),
    incomplete: BigInt(row.incomplete),
    complete: BigInt(row.complete),
    passed: BigInt(row.passed),
    failed: BigInt(row.failed),
    completeWithoutVerdict: BigInt(row.complete_only),
    incompleteWithoutVerdict: BigInt(row.incomplete_only),
    sessionsOpen: BigInt(row.sessions_open),
    launches30d: BigInt(row.launches_30d),
    ...(row.last_launch && { lastLaunchTime: timestampFromDate(row.last_launch) }),
  });
}
