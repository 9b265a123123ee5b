import pg from "pg";
import type { Attempt } from "./generated-attempts.ts";

/** Writes attempts to a table that has nothing to do with the service. */
export async function writeAttempts(url: string, attempts: readonly Attempt[]): Promise<void> {
  await ask(
    url,
    `create table attempt (registration_id uuid, learner text, course_id uuid, version_id uuid, source text, tag text, created_at bigint,
       opened_at bigint, answered_at bigint, judged_at bigint, ended_at bigint, verdict text, score numeric, reported_ms bigint,
       correct boolean, activity text)`,
  );
  for (let start = 0; start < attempts.length; start += 5_000)
    await ask(url, "insert into attempt select * from json_populate_recordset(null::attempt, $1::json)", [
      JSON.stringify(attempts.slice(start, start + 5_000)),
    ]);
}

/** Figures of a range, counted directly. Both ends are quarter hours. */
export async function directFigures(url: string, from: number, to: number, where: string) {
  const within = (column: string): string => `${column} >= ${from} and ${column} < ${to}`;
  const launched = "opened_at is not null";
  /** Milliseconds of a stretch that lie in the range. */
  const overlap = (start: string, end: string): string =>
    `greatest(0, least(${end}, ${to}) - greatest(${start}, ${from}))`;
  /** The same of what no pause breaks. */
  const activeStretch = (start: string, end: string): string =>
    `case when ${end} - ${start} <= 300000 then ${overlap(start, end)} else 0 end`;
  /** A learner was heard of in a quarter hour that lies in the range. */
  const heard = ["opened_at", "answered_at", "judged_at", "ended_at"]
    .map((column) => `(${within(column)})`)
    .join(" or ");
  const judged = (...verdicts: string[]): string =>
    `${launched} and judged_at < ${to} and verdict in (${verdicts.map((verdict) => `'${verdict}'`).join(", ")})`;
  const rows = await ask(
    url,
    `select count(distinct learner) filter (where ${launched} and (${heard})) as "activeLearners",
       count(*) filter (where created_at < ${to}) as registrations,
       count(*) filter (where ${within("created_at")}) as "newRegistrations",
       count(*) filter (where ${within("opened_at")}) as launches,
       count(*) filter (where ${judged("passed", "completed")}) as completed,
       count(*) filter (where ${judged("passed")}) as passed,
       count(*) filter (where ${judged("passed", "failed")}) as judged,
       count(*) filter (where ${judged("failed")}) as failed,
       count(*) filter (where verdict in ('passed', 'completed') and ${within("judged_at")}) as completions,
       count(*) filter (where verdict = 'passed' and ${within("judged_at")}) as passes,
       avg(score) filter (where ${judged("passed", "failed")}) as "averageScore",
       coalesce(sum(${overlap("opened_at", "ended_at")}) filter (where ${launched}), 0) as "wallMs",
       coalesce(sum(${activeStretch("opened_at", "answered_at")} + ${activeStretch("answered_at", "judged_at")}
         + ${activeStretch("judged_at", "ended_at")}) filter (where ${launched}), 0) as "activeMs",
       coalesce(sum(reported_ms) filter (where ${within("ended_at")}), 0) as "reportedMs",
       count(*) filter (where created_at < ${to} and (opened_at is null or answered_at >= ${to})) as "notAttempted",
       count(*) filter (where ${launched} and answered_at < ${to} and (judged_at >= ${to} or verdict = 'none')) as incomplete
     from attempt where ${where}`,
  );
  const { averageScore, ...counts } = rows[0] ?? {};
  return {
    ...Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, Number(value)])),
    averageScore: averageScore === null ? undefined : Number(averageScore).toFixed(12),
  };
}

async function ask(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
