import { Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import type pg from "pg";
import { periodTooFine } from "../errors.ts";
import type { Range, ReadPeriod } from "./read-period.ts";

/** Most steps of one timeline: a year of days, or six weeks of hours. */
const MAX_STEPS = 1_000;

const HOUR = 3_600_000;
const UNITS = new Map<Step, { readonly name: string; readonly length: number }>([
  [Step.HOUR, { name: "hour", length: HOUR }],
  [Step.DAY, { name: "day", length: 24 * HOUR }],
  [Step.WEEK, { name: "week", length: 168 * HOUR }],
  [Step.MONTH, { name: "month", length: 720 * HOUR }],
]);

/**
 * Cuts a period into steps of its time zone. PostgreSQL knows when each begins, also where a day has 23 or 25 hours. First and last step
 * are cut to the period. @throws PERIOD_TOO_FINE
 */
export async function stepsOf(client: pg.ClientBase, period: ReadPeriod): Promise<Range[]> {
  const { from, to, step, zone } = period;
  if (from === to) return [];
  const { name, length } = UNITS.get(step) ?? { name: "day", length: 24 * HOUR };
  const about = Math.ceil((to - from) / length);
  if (about > MAX_STEPS) throw periodTooFine({ steps: String(about), max_steps: String(MAX_STEPS) });
  // Hours go on evenly; longer steps follow the calendar.
  const starts =
    step === Step.HOUR
      ? `select generate_series(date_trunc('hour', $1::timestamptz at time zone $3) at time zone $3, $2::timestamptz, '1 hour') as at`
      : `select s at time zone $3 as at from generate_series(
           date_trunc('${name}', $1::timestamptz at time zone $3), $2::timestamptz at time zone $3, '1 ${name}') as s`;
  const { rows } = await client.query<{ at: Date }>(`select at from (${starts}) t where at < $2 order by at`, [
    new Date(from),
    new Date(to),
    zone,
  ]);
  // An hour that the clocks repeat may begin after the period does.
  const begins = [...new Set([from, ...rows.map(({ at }) => at.getTime()).filter((at) => at > from)])];
  return begins.map((start, index) => ({ from: start, to: begins[index + 1] ?? to }));
}
