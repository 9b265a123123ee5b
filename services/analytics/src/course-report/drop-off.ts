import type pg from "pg";
import type { Cohort } from "../figures/cohort.ts";

interface DropOffRow {
  readonly activity_id: string;
  readonly title: string;
  readonly reached: string;
  readonly finished: string;
  readonly stopped: string;
  readonly wall_ms: string;
  readonly active_ms: string;
  readonly reported_ms: string;
  readonly median: string | null;
}

/**
 * Where learners stop. Activities come in the order in which learners reach them, which is the course's own unless it lets them choose.
 * @param versionId undefined: all.
 */
export async function dropOff(client: pg.ClientBase, cohort: Cohort, versionId: string | undefined) {
  const { rows } = await client.query<DropOffRow>(
    `select a.activity_id, max(a.title) as title, count(*) as reached, count(*) filter (where a.finished) as finished,
       count(*) filter (where a.stopped) as stopped, sum(a.wall_ms) as wall_ms, sum(a.active_ms) as active_ms,
       sum(a.reported_ms) as reported_ms, percentile_cont(0.5) within group (order by a.active_ms) as median
     from registration_fact r join activity_fact a on a.tenant_id = r.tenant_id and a.registration_id = r.registration_id
     where ${cohort.where} and ($${cohort.values.length + 1}::uuid is null or a.course_version_id = $${cohort.values.length + 1}::uuid)
     group by a.activity_id order by avg(a.rank), a.activity_id`,
    [...cohort.values, versionId ?? null],
  );
  return rows.map((row) => ({
    activityId: row.activity_id,
    title: row.title,
    depth: 1,
    reached: BigInt(row.reached),
    finished: BigInt(row.finished),
    stopped: BigInt(row.stopped),
    time: { wallMs: BigInt(row.wall_ms), activeMs: BigInt(row.active_ms), reportedMs: BigInt(row.reported_ms) },
    ...(row.median !== null && { medianActiveMs: Number(row.median) }),
  }));
}
