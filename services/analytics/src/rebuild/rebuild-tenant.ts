import { TENANT_VARIABLE } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { foldRegistration } from "../fold/fold-registration.ts";
import { MEASURES } from "../fold/measures.ts";
import { type JournalEvent, REGISTRATION_EVENTS } from "../fold/registration-event.ts";
import { FOLD_LOCK, foldRegistrations } from "../store/fold-tenant.ts";
import { markLearners } from "../store/learner-numbers.ts";
import { WITHOUT_JIT } from "../store/snapshot.ts";
import { FACT_TABLES, makeShadowTables, SUM_TABLES } from "../store/tables.ts";
import { type FoldedRegistration, writeFacts } from "../store/write-facts.ts";
import { sumFacts } from "./sum-facts.ts";

/** Registrations that are folded and written together. */
const BATCH = 1_000;
const MOST_SHOWN = 5;

/** How a rebuild of one organization went. */
export interface Rebuilt {
  readonly differenceCount: number;
  readonly differences: readonly string[];
}

/**
 * Makes all facts and sums of one organization anew of its journal, compares them with those in use, and puts them in their place, in one
 * transaction: until it commits everybody reads the old ones, and events that arrive are counted after it.
 * @param heard is told how many events were read so far; throwing stops the rebuild.
 */
export async function rebuildTenant(
  pool: pg.Pool,
  tenantId: string,
  compareOnly: boolean,
  heard: (events: number) => Promise<void>,
): Promise<Rebuilt> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // The lock comes before the moment that is looked at, so that the figures in use are those of the last who had it.
    await client.query("select pg_advisory_lock($1)", [FOLD_LOCK]);
    await client.query("begin isolation level repeatable read");
    await client.query(`select set_config($1, $2, true), ${WITHOUT_JIT}`, [TENANT_VARIABLE, tenantId]);
    const rebuilt = await rebuildIn(client, tenantId, compareOnly, heard);
    await client.query("commit");
    return rebuilt;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    if (broken === undefined) await client.query("select pg_advisory_unlock($1)", [FOLD_LOCK]).catch(() => undefined);
    client.release(broken);
  }
}

async function rebuildIn(
  client: pg.PoolClient,
  tenantId: string,
  compareOnly: boolean,
  heard: (events: number) => Promise<void>,
): Promise<Rebuilt> {
  // What waits is counted in the figures in use first, otherwise it would be a difference. It stays marked and is looked at once more.
  const { rows: dirty } = await client.query<{ registration_id: string }>(
    "select registration_id from dirty where tenant_id = $1",
    [tenantId],
  );
  for (let start = 0; start < dirty.length; start += BATCH)
    await foldRegistrations(
      client,
      tenantId,
      dirty.slice(start, start + BATCH).map(({ registration_id }) => registration_id),
    );
  await makeShadowTables(client);
  await foldJournal(client, tenantId, heard);
  for (const table of FACT_TABLES) await client.query(`analyze new_${table}`);
  await sumFacts(client, "new_", tenantId);
  for (const table of SUM_TABLES) await client.query(`analyze new_${table}`);
  const rebuilt = await compare(client, tenantId);
  if (compareOnly) return rebuilt;
  for (const table of [...FACT_TABLES, ...SUM_TABLES]) {
    await client.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
    await client.query(`insert into ${table} select * from new_${table}`);
  }
  // Nothing is known yet of how many rows there are now; a guess of few would have every learner go through all facts.
  await client.query("select set_config('enable_nestloop', 'off', true)");
  await markLearners(client, tenantId, undefined);
  return rebuilt;
}

/** Reads the journal by registration, so that memory holds some of them at a time. */
async function foldJournal(
  client: pg.PoolClient,
  tenantId: string,
  heard: (events: number) => Promise<void>,
): Promise<void> {
  await client.query({
    text: `declare journal_cursor no scroll cursor for select subject_id, id, type, payload, occurred_at from journal
           where tenant_id = $1 and type = any($2) order by subject_id`,
    values: [tenantId, REGISTRATION_EVENTS],
  });
  let events = 0;
  let present: { id: string; events: JournalEvent[] } | undefined;
  let batch: FoldedRegistration[] = [];
  const finish = async (all: boolean): Promise<void> => {
    if (batch.length > 0 && (all || batch.length >= BATCH)) {
      await writeFacts(client, "new_", tenantId, batch);
      batch = [];
    }
  };
  const close = (): void => {
    const folded = present && foldRegistration(present.events);
    if (present && folded) batch.push({ registrationId: present.id, folded });
  };
  for (;;) {
    const { rows } = await client.query<JournalEvent & { subject_id: string; occurred_at: Date }>(
      "fetch 5000 from journal_cursor",
    );
    if (rows.length === 0) break;
    for (const { subject_id: id, occurred_at: at, ...event } of rows) {
      if (present?.id !== id) {
        close();
        present = { id, events: [] };
      }
      present.events.push({ ...event, at: at.getTime() });
    }
    events += rows.length;
    await finish(false);
    await heard(events);
  }
  close();
  await finish(true);
  await client.query("close journal_cursor");
}

/** Rows that are in one and not in the other. Sums of nothing are no difference from no sums. */
async function compare(client: pg.ClientBase, tenantId: string): Promise<Rebuilt> {
  const differences: string[] = [];
  let differenceCount = 0;
  const isSomething = `(${MEASURES.join(", ")}) <> (${MEASURES.map(() => 0).join(", ")})`;
  for (const table of [...FACT_TABLES, ...SUM_TABLES]) {
    const some = table === "rollup" ? `where ${isSomething}` : "";
    const inUse = `select * from ${table} where tenant_id = $1 ${some.replace("where", "and")}`;
    const anew = `select * from new_${table} ${some}`;
    const { rows } = await client.query<{ side: string; row: string; total: string }>(
      `select side, row, count(*) over () as total from (
         (select 'in use' as side, t::text as row from (${inUse} except all ${anew}) t)
         union all (select 'anew' as side, t::text as row from (${anew} except all ${inUse}) t)
       ) d limit ${MOST_SHOWN}`,
      [tenantId],
    );
    differenceCount += Number(rows[0]?.total ?? 0);
    for (const { side, row } of rows)
      if (differences.length < MOST_SHOWN) differences.push(`${table}, ${side}: ${row}`);
  }
  return { differenceCount, differences };
}
