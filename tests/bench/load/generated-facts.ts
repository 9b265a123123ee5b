import type pg from "pg";

/** The organization that everything is made up for. */
export const BENCH_TENANT = "00000000-0000-7000-8000-000000000001";
export const benchCourse = (course: number): string => `c0000000-0000-7000-8000-${String(course).padStart(12, "0")}`;

const NIL = "'00000000-0000-0000-0000-000000000000'::uuid";
const MEASURES =
  "created, launches, completions, passes, failures, wall_ms, active_ms, reported_ms, covered, not_attempted, incomplete, completed, passed, failed, scored, score, complete";

/** How much is made up. */
export interface GeneratedSize {
  readonly registrations: number;
  /** A product of two random numbers chooses one, so that the first has most: 3% of 200 courses' registrations, 33% of ten courses'. */
  readonly courses: number;
  readonly learners: number;
}

/**
 * Writes facts of many registrations straight into the analytics service's tables, as its fold would leave them: over the last two years,
 * a launch for most and a verdict for many.
 * @param client the owner's, with the service's schema first in its search path.
 */
export async function generateFacts(
  client: pg.ClientBase,
  { registrations, courses, learners }: GeneratedSize,
): Promise<void> {
  const tenant = `'${BENCH_TENANT}'::uuid`;
  await client.query("select setseed(0.5)");
  await client.query("drop table if exists generated");
  await client.query(
    `create unlogged table generated as
     select i, ('a0000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid as id, at as created_at, at + interval '15 minutes' + random() * interval '4 days' as opened_at,
       course, ('c0000000-0000-7000-8000-' || lpad(course::text, 12, '0'))::uuid as course_id, ('b0000000-0000-7000-8000-' || lpad(course::text, 12, '0'))::uuid as version_id,
       case when i % 3 = 0 then 'web' else 'api' end as source, (i * 31) % ${learners} as learner_no, i % 20 < 17 as launched, i % 20 < 12 as done, (i % 101) * 10000 as score
     from (
       select i, now() - random() * interval '730 days' as at, floor(random() * random() * ${courses})::int as course from generate_series(0, ${registrations - 1}) as i
     ) g`,
  );
  await client.query(
    `insert into entity (tenant_id, kind, id, event_id, name)
     select ${tenant}, 'course', ('c0000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, ${NIL}, 'Course ' || i from generate_series(0, ${courses - 1}) as i`,
  );
  await client.query(
    `insert into learner (tenant_id, learner_id, number, name) select ${tenant}, 'learner-' || i, i, 'Learner ' || i from generate_series(0, ${learners - 1}) as i`,
  );
  await client.query(`insert into tally (tenant_id, learners) values (${tenant}, ${learners})`);
  const slot = (at: string): string => `date_bin('15 minutes', ${at}, 'epoch')`;
  const facts = (at: string, active: boolean, measures: string, where: string) =>
    client.query(
      `insert into fact select ${tenant}, ${slot(at)}, id, course_id, version_id, ${NIL}, ${NIL}, source, learner_no, ${active}, ${measures} from generated where ${where}`,
    );
  await facts("created_at", false, "1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0", "true");
  await facts("opened_at", true, "0, 1, 0, 0, 0, 840000, 600000, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0", "launched");
  await facts(
    "opened_at + interval '15 minutes'",
    true,
    "0, 0, 1, 1, 0, 60000, 60000, 700000, 0, 0, -1, 0, 1, 0, 1, score, 1",
    "done",
  );
  await client.query(
    `insert into registration_fact (tenant_id, registration_id, learner_id, learner_no, course_id, course_version_id, destination_id, dispatch_id, source, tags,
       status, completion, success, score, progress, wall_ms, active_ms, reported_ms, attempt_count, attempts_to_pass, launch_count, open, created_at,
       first_launch_at, first_active_at, last_active_at, touched_at, last_activity_id)
     select ${tenant}, id, 'learner-' || learner_no, learner_no, course_id, version_id, ${NIL}, ${NIL}, source, '{}',
       case when done then 4 when launched then 2 else 1 end, case when done then 3 when launched then 2 else 1 end, case when done then 2 else 1 end,
       case when done then score end, 0, 900000, 660000, 700000, 1, case when done then 1 + i % 3 else 0 end, 1, false, created_at, case when launched then opened_at end,
       case when launched then ${slot("opened_at")} end, case when launched then opened_at end, case when launched then opened_at else created_at end, ''
     from generated`,
  );
  await client.query(
    `update learner l set first_active_at = f.first, last_active_at = f.last from (
       select learner_no, min(at) as first, max(at) as last from fact where active group by 1
     ) f where l.number = f.learner_no`,
  );
}

/** The same figures without sums: what a dashboard would cost that counts facts. */
export const SCAN = `select count(distinct learner_no) filter (where active and at >= $2), ${MEASURES.split(", ")
  .map((measure) => `sum(${measure})`)
  .join(", ")} from fact where tenant_id = $1 and at < now()`;
