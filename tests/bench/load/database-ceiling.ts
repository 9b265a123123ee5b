import pg from "pg";

/** What the database does by itself with the rows of statements: one table with the indexes that nobody can do without. */
export interface DatabaseCeiling {
  /** Inserts rows in one transaction. */
  insert(statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** @param connections of all who insert together. */
export async function databaseCeiling(url: string, connections: number): Promise<DatabaseCeiling> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on("error", () => undefined);
  await pool.query(`create table if not exists ceiling (
    id uuid primary key, stored timestamptz not null default clock_timestamp(), raw jsonb not null, actor text not null, verb text not null, activity text not null)`);
  for (const column of ["stored", "actor", "verb", "activity"]) await pool.query(`create index on ceiling (${column})`);
  return {
    async insert(statements) {
      const read = statements.map((it) => JSON.parse(it));
      await pool.query({
        name: "ceiling",
        text: `insert into ceiling (id, raw, actor, verb, activity)
          select * from unnest($1::uuid[], $2::jsonb[], $3::text[], $4::text[], $5::text[])`,
        values: [
          read.map((it) => it.id),
          [...statements],
          read.map((it) => it.actor.account.name),
          read.map((it) => it.verb.id),
          read.map((it) => it.object.id),
        ],
      });
    },
    stop: () => pool.end(),
  };
}
