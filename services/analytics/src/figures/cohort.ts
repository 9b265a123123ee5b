import type pg from "pg";
import type { Range } from "../period/read-period.ts";
import type { Scope } from "./scope.ts";

/** Registrations that were active in a range, as a condition on `registration_fact r` and its values. They are looked at as they stand now. */
export interface Cohort {
  readonly where: string;
  readonly values: readonly unknown[];
}

export function cohortOf(scope: Scope, range: Range): Cohort {
  const place = scope.values.length + 2;
  return {
    where: `r.tenant_id = $1 and ${scope.whereRegistration} and r.last_active_at >= $${place} and exists (
      select 1 from fact f where f.tenant_id = r.tenant_id and f.registration_id = r.registration_id and f.active
        and f.at >= $${place} and f.at < $${place + 1})`,
    values: [scope.tenantId, ...scope.values, new Date(range.from), new Date(range.to)],
  };
}

/** A value and how many registrations have it. */
export interface ValueCount {
  readonly value: number;
  readonly count: number;
}

/**
 * Counts a cohort's registrations by a column of `registration_fact`, or of one activity's `activity_fact`, ascending; and those without.
 * @param activityId empty: the course as a whole.
 */
export async function countValues(
  client: pg.ClientBase,
  cohort: Cohort,
  column: "score" | "wall_ms" | "active_ms" | "reported_ms",
  activityId: string,
): Promise<{ values: ValueCount[]; without: number }> {
  const source = activityId === "" ? "r" : "a";
  const join =
    activityId === ""
      ? ""
      : `join activity_fact a on a.tenant_id = r.tenant_id and a.registration_id = r.registration_id and a.activity_id = $${cohort.values.length + 1}`;
  const { rows } = await client.query<{ value: string | null; count: string }>(
    `select ${source}.${column} as value, count(*) as count from registration_fact r ${join} where ${cohort.where} group by 1 order by 1`,
    activityId === "" ? [...cohort.values] : [...cohort.values, activityId],
  );
  const values = rows.flatMap(({ value, count }) =>
    value === null ? [] : [{ value: Number(value), count: Number(count) }],
  );
  return { values, without: Number(rows.find(({ value }) => value === null)?.count ?? 0) };
}
