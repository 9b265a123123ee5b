import { TENANT_VARIABLE } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { foldRegistration } from "../fold/fold-registration.ts";
import { type JournalEvent, REGISTRATION_EVENTS } from "../fold/registration-event.ts";
import { applyEntities } from "../journal/apply-entities.ts";
import { ENTITY_EVENTS } from "../journal/entity-event.ts";
import { OCCURRENCE_EVENTS } from "../journal/occurrence-event.ts";
import { TAKE_LOCK } from "../journal/take-events.ts";
import { FOLD_LOCK, foldRegistrations } from "../store/fold-tenant.ts";
import { settleLearners } from "../store/learner-numbers.ts";
import { WITHOUT_JIT } from "../store/snapshot.ts";
import { FACT_TABLES, makeShadowTables, makeToldTables, SUM_TABLES, TOLD_TABLES } from "../store/tables.ts";
import { type FoldedRegistration, writeFacts } from "../store/write-facts.ts";
import { bothOf, compareFacts, compareTold, type Rebuilt } from "./compare-tables.ts";
import { sumFacts } from "./sum-facts.ts";

/** Registrations that are folded and written together. */
const BATCH = 1_000;

/** Whether a rebuild puts what it made in use, and who hears how far it is. */
interface Order {
  readonly tenantId: string;
  readonly compareOnly: boolean;
  /** Is told how many events were read so far; throwing stops the rebuild. */
  readonly heard: (events: number) => Promise<void>;
}

/**
 * Makes all facts and sums of one organization anew of its journal, compares them with those in use, and puts them in their place, in one
 * transaction: until it commits everybody reads the old ones, and events that arrive are counted after it. Then the same with names and
 * counts of what is not a registration; meanwhile the organization's events wait before the journal.
 */
export async function rebuildTenant(
  pool: pg.Pool,
  tenantId: string,
  compareOnly: boolean,
  heard: (events: number) => Promise<void>,
): Promise<Rebuilt> {
  let before = 0;
  const order: Order = { tenantId, compareOnly, heard: (events) => heard(before + events) };
  const facts = await whileLocked(pool, tenantId, "pg_advisory_lock($1)", [FOLD_LOCK], async (client) => {
    const { events, rebuilt } = await rebuildFacts(client, order);
    before = events;
    return rebuilt;
  });
  const told = await whileLocked(
    pool,
    tenantId,
    "pg_advisory_lock($1, hashtext($2))",
    [TAKE_LOCK, tenantId],
    (client) => rebuildTold(client, order),
  );
  return bothOf(facts, told);
}

/** The lock comes before the moment that is looked at, so that what is in use is that of the last who had it. */
async function whileLocked<T>(
  pool: pg.Pool,
  tenantId: string,
  lock: string,
  values: readonly unknown[],
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`select ${lock}`, [...values]);
    await client.query("begin isolation level repeatable read");
    await client.query(`select set_config($1, $2, true), ${WITHOUT_JIT}`, [TENANT_VARIABLE, tenantId]);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    if (broken === undefined) await client.query("select pg_advisory_unlock_all()").catch(() => undefined);
    client.release(broken);
  }
}

async function rebuildFacts(
  client: pg.PoolClient,
  { tenantId, compareOnly, heard }: Order,
): Promise<{ events: number; rebuilt: Rebuilt }> {
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
  const events = await foldJournal(client, tenantId, heard);
  for (const table of FACT_TABLES) await client.query(`analyze new_${table}`);
  await sumFacts(client, "new_", tenantId);
  for (const table of SUM_TABLES) await client.query(`analyze new_${table}`);
  const rebuilt = await compareFacts(client, tenantId);
  if (compareOnly) return { events, rebuilt };
  await swap(client, tenantId, [...FACT_TABLES, ...SUM_TABLES]);
  // Nothing is known yet of how many rows there are now; a guess of few would have every learner go through all facts.
  await client.query("select set_config('enable_nestloop', 'off', true)");
  await settleLearners(client, tenantId);
  return { events, rebuilt };
}

async function rebuildTold(client: pg.PoolClient, { tenantId, compareOnly, heard }: Order): Promise<Rebuilt> {
  await makeToldTables(client);
  const take = (rows: readonly JournalRow[]): Promise<void> =>
    applyEntities(
      client,
      tenantId,
      rows.map(({ occurred_at: at, ...event }) => ({ ...event, at: at.getTime() })),
      "new_",
    );
  await readJournal(client, tenantId, [...ENTITY_EVENTS, ...OCCURRENCE_EVENTS], take, heard);
  const rebuilt = await compareTold(client, tenantId);
  if (!compareOnly) await swap(client, tenantId, TOLD_TABLES);
  return rebuilt;
}

async function swap(client: pg.ClientBase, tenantId: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await client.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
    await client.query(`insert into ${table} select * from new_${table}`);
  }
}

/** Reads a cursor to its end, some thousand events at a time. Answers how many there were. */
async function readJournal(
  client: pg.PoolClient,
  tenantId: string,
  types: readonly string[],
  take: (rows: readonly JournalRow[]) => Promise<void>,
  heard: (events: number) => Promise<void>,
): Promise<number> {
  await client.query({
    text: `declare journal_cursor no scroll cursor for select subject_id, id, type, payload, occurred_at from journal
           where tenant_id = $1 and type = any($2) order by subject_id`,
    values: [tenantId, types],
  });
  let events = 0;
  for (;;) {
    const { rows } = await client.query<JournalRow>("fetch 5000 from journal_cursor");
    if (rows.length === 0) break;
    await take(rows);
    events += rows.length;
    await heard(events);
  }
  await client.query("close journal_cursor");
  return events;
}

interface JournalRow extends Omit<JournalEvent, "at"> {
  readonly subject_id: string;
  readonly occurred_at: Date;
}

/** Folds the journal by registration, so that memory holds some of them at a time. */
async function foldJournal(
  client: pg.PoolClient,
  tenantId: string,
  heard: (events: number) => Promise<void>,
): Promise<number> {
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
  const take = async (rows: readonly JournalRow[]): Promise<void> => {
    for (const { subject_id: id, occurred_at: at, ...event } of rows) {
      if (present?.id !== id) {
        close();
        present = { id, events: [] };
      }
      present.events.push({ ...event, at: at.getTime() });
    }
    await finish(false);
  };
  const events = await readJournal(client, tenantId, REGISTRATION_EVENTS, take, heard);
  close();
  await finish(true);
  return events;
}
