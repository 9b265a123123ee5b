import type pg from "pg";

/** Tables that a rebuild makes anew, in the order in which they are compared and swapped. */
export const FACT_TABLES = ["registration_fact", "fact", "activity_fact", "answer_fact"] as const;
export const SUM_TABLES = ["rollup", "active_set", "enrolled_set"] as const;

/** Names and counts that a rebuild takes from the journal again. */
export const TOLD_TABLES = ["entity", "occurrence"] as const;

/** Which set of tables is written: those in use, or those of a rebuild beside them. */
export type Prefix = "" | "new_";

/** Inserts rows whose properties are called as the columns. */
export async function insertRows(
  client: pg.ClientBase,
  prefix: Prefix,
  table: (typeof FACT_TABLES)[number],
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(`insert into ${prefix}${table} select * from json_populate_recordset(null::${table}, $1::json)`, [
    JSON.stringify(rows),
  ]);
}

/** Makes empty tables for facts and sums beside those in use, which go with the transaction. */
export async function makeShadowTables(client: pg.ClientBase): Promise<void> {
  for (const table of [...FACT_TABLES, ...SUM_TABLES])
    await client.query(`create temp table new_${table} (like ${table}) on commit drop`);
}

/** The same for names and counts. These are not only inserted into, so they have their keys. */
export async function makeToldTables(client: pg.ClientBase): Promise<void> {
  for (const table of TOLD_TABLES)
    await client.query(`create temp table new_${table} (like ${table} including indexes) on commit drop`);
}
