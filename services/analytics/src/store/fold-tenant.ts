import { inSystem } from "@coursemesh/platform/db/database.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type pg from "pg";
import { foldRegistration } from "../fold/fold-registration.ts";
import { readMeasures } from "../fold/measures.ts";
import type { JournalEvent } from "../fold/registration-event.ts";
import { changeActiveSets } from "./active-set-change.ts";
import { changeEnrolledSets, readEnrolments } from "./enrolled-set-change.ts";
import { forgetLearners, markLearners, nameAgain } from "./learner-numbers.ts";
import { changeRollups } from "./rollup-change.ts";
import { WITHOUT_JIT } from "./snapshot.ts";
import { FACT_TABLES } from "./tables.ts";
import { type FactRow, type FoldedRegistration, writeFacts } from "./write-facts.ts";

/** Of all processes one changes figures at a time; a rebuild keeps the others out by the same lock. */
export const FOLD_LOCK = 0x616e6c79;

const BATCH = 300;

/** Brings figures up to date with some of the journal. Answers whose changed, or undefined when nothing waits or another is at it. */
export function foldSome(pool: pg.Pool): Promise<string | undefined> {
  return inSystem(pool, async (client) => {
    const { rows } = await client.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock($1) as free, ${WITHOUT_JIT}`,
      [FOLD_LOCK],
    );
    if (!rows[0]?.free) return undefined;
    const { rows: oldest } = await client.query<{ tenant_id: string }>(
      "select tenant_id from dirty order by since limit 1",
    );
    const tenantId = oldest[0]?.tenant_id;
    if (tenantId === undefined) return undefined;
    const { rows: dirty } = await client.query<{ registration_id: string; turn: number }>(
      "select registration_id, turn from dirty where tenant_id = $1 order by since limit $2",
      [tenantId, BATCH],
    );
    await foldRegistrations(
      client,
      tenantId,
      dirty.map(({ registration_id }) => registration_id),
    );
    // What arrived meanwhile has another turn and stays.
    await client.query(
      `delete from dirty d using unnest($2::uuid[], $3::int[]) as f(registration_id, turn)
       where d.tenant_id = $1 and d.registration_id = f.registration_id and d.turn = f.turn`,
      [tenantId, dirty.map(({ registration_id }) => registration_id), dirty.map(({ turn }) => turn)],
    );
    return tenantId;
  });
}

/** Makes the facts of these registrations anew of their events, and changes sums by the difference. */
export async function foldRegistrations(
  client: pg.ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<void> {
  const { rows } = await client.query<JournalEvent & { subject_id: string; occurred_at: Date }>(
    "select subject_id, id, type, payload, occurred_at from journal where tenant_id = $1 and subject_id = any($2)",
    [tenantId, ids],
  );
  const events = Map.groupBy(rows, (row) => row.subject_id);
  const folded = ids.flatMap((registrationId): FoldedRegistration[] => {
    const theirs = (events.get(registrationId) ?? []).map((row) => ({ ...row, at: row.occurred_at.getTime() }));
    const result = foldRegistration(theirs);
    return result ? [{ registrationId, folded: result }] : [];
  });
  const before = await readFacts(client, tenantId, ids);
  const enrolledBefore = await readEnrolments(client, tenantId, ids);
  for (const table of FACT_TABLES)
    await client.query(`delete from ${table} where tenant_id = $1 and registration_id = any($2)`, [tenantId, ids]);
  const now = await writeFacts(client, "", tenantId, folded);
  // Of a registration that is gone only that remains.
  await client.query(
    `delete from journal j using journal gone where j.tenant_id = $1 and j.subject_id = any($2) and gone.tenant_id = $1
       and gone.subject_id = j.subject_id and gone.type = $3 and j.type <> $3`,
    [tenantId, ids, RegistrationDeletedSchema.typeName],
  );
  await changeRollups(client, tenantId, before, now);
  await changeActiveSets(client, tenantId, before, now);
  await changeEnrolledSets(client, tenantId, enrolledBefore, await readEnrolments(client, tenantId, ids));
  await markLearners(client, tenantId, [...new Set([...before, ...now].map((row) => row.learner_no))]);
  const present = new Set(now.map((row) => row.learner_no));
  const left = [...new Set(before.map((row) => row.learner_no))].filter((number) => !present.has(number));
  if (left.length > 0) await forgetLearners(client, tenantId, left);
  const kept = new Set(folded.map(({ registrationId }) => registrationId));
  const gone = before.filter((row) => !kept.has(row.registration_id));
  if (gone.length > 0) await nameAgain(client, tenantId, [...new Set(gone.map((row) => row.learner_no))]);
}

async function readFacts(client: pg.ClientBase, tenantId: string, ids: readonly string[]): Promise<FactRow[]> {
  const { rows } = await client.query<Omit<FactRow, "at" | "measures"> & { at: Date }>(
    "select * from fact where tenant_id = $1 and registration_id = any($2)",
    [tenantId, ids],
  );
  return rows.map((row) => ({ ...row, at: row.at.getTime(), measures: readMeasures(row as never) }));
}
