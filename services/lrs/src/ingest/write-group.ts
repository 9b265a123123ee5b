import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { type OutboxRow, outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { StatementsStoredSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import type pg from "pg";
import type { CatalogChanges } from "../catalog/catalog-changes.ts";
import type { CatalogMemory } from "../catalog/catalog-memory.ts";
import { statementConflict } from "../errors.ts";
import { REMOVED, removedAmong } from "../removal/remove-statements.ts";
import { exactText, STATEMENT_COLUMNS, type StatementRow } from "../statement/statement-row.ts";
import type { Outcome } from "./ingest-queue.ts";
import type { Batch, PreparedStatement } from "./prepared-statement.ts";
import { storeStatements } from "./store-statements.ts";

/** Tries of one group against others that write the same statements or activities from other processes. */
const ATTEMPTS = 20;
/** serialization_failure and deadlock_detected: nothing was written, and writing again may do. */
const PASSING = new Set(["40001", "40P01"]);

/** Writes batches of one organization in one transaction; a batch with a conflict is left out whole, the others are written. */
export function groupWriter(
  pool: () => pg.Pool,
  catalog: CatalogMemory,
): (batches: readonly Batch[]) => Promise<Outcome[]> {
  const turns = new Map<string, Set<Promise<unknown>>>();

  /** What statements add to the catalogues. Who describes an activity waits for the groups before, which may be describing it too. */
  const changesOf = async (tenantId: string, statements: readonly PreparedStatement[]): Promise<CatalogChanges> => {
    for (;;) {
      const changes = await catalog.changes(tenantId, statements);
      const others = turns.get(tenantId);
      if (others === undefined || changes.activities.length === 0) return changes;
      await Promise.all(others);
    }
  };

  const inTurn = async <T>(tenantId: string, work: () => Promise<T>): Promise<T> => {
    const others = turns.get(tenantId) ?? new Set();
    const turn = work();
    const ended = turn.then(
      () => undefined,
      () => undefined,
    );
    turns.set(tenantId, others.add(ended));
    try {
      return await turn;
    } finally {
      others.delete(ended);
      if (others.size === 0) turns.delete(tenantId);
    }
  };

  return async (batches) => {
    const tenantId = batches[0]?.tenantId ?? "";
    const refused = new Map<Batch, Error>();
    const known = new Map<string, number>();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const writing = batches.filter((batch) => !refused.has(batch));
      const statements = writing.flatMap((batch) => batch.statements.filter(({ id }) => !known.has(id)));
      if (statements.length === 0) return batches.map((batch) => outcome(batch, known, new Map(), refused));
      const changes = await changesOf(tenantId, statements);
      const turn = await inTurn(tenantId, async () => {
        const done = await attempted(() =>
          storeStatements(pool(), tenantId, statements, changes, eventsOf(writing, known)),
        );
        if (typeof done !== "string" && done.stale.length === 0 && done.known.length === 0)
          catalog.written(tenantId, changes);
        return done;
      });
      if (turn === "removed") await passOverRemoved(pool(), tenantId, statements, known);
      if (turn === "removed" || turn === "again") continue;
      if (turn.stale.length > 0) catalog.forget(tenantId, turn.stale);
      if (turn.known.length > 0) await compare(pool(), tenantId, writing, turn.known, known, refused);
      if (turn.stale.length > 0 || turn.known.length > 0) continue;
      const first = turn.lastPosition - statements.length + 1;
      const positions = new Map(statements.map(({ id }, index) => [id, first + index]));
      return batches.map((batch) => outcome(batch, known, positions, refused));
    }
    throw new Error(`a group was not written in ${ATTEMPTS} attempts`);
  };
}

async function attempted<T>(write: () => Promise<T>): Promise<T | "again" | "removed"> {
  try {
    return await write();
  } catch (error) {
    const { code = "" } = error as { code?: string };
    if (code === REMOVED) return "removed";
    if (PASSING.has(code)) return "again";
    throw error;
  }
}

/** What was removed does not come back: whoever sends it again hears that it is known, whatever it says. */
async function passOverRemoved(
  pool: pg.Pool,
  tenantId: string,
  statements: readonly PreparedStatement[],
  known: Map<string, number>,
): Promise<void> {
  const ids = statements.map(({ id }) => id);
  const removed = await inTenant(pool, tenantId, (client) => removedAmong(client, tenantId, ids));
  for (const [id, position] of removed) known.set(id, position);
}

function outcome(
  batch: Batch,
  known: ReadonlyMap<string, number>,
  written: ReadonlyMap<string, number>,
  refused: ReadonlyMap<Batch, Error>,
): Outcome {
  const error = refused.get(batch);
  if (error) return error;
  const positions = batch.statements.map(({ id }) => written.get(id) ?? known.get(id) ?? 0);
  return { position: Math.max(0, ...positions), known: batch.statements.filter(({ id }) => known.has(id)).length };
}

/** Looks at statements whose ids are stored: with the same meaning they are known, with another their batch is refused. */
async function compare(
  pool: pg.Pool,
  tenantId: string,
  batches: readonly Batch[],
  ids: readonly string[],
  known: Map<string, number>,
  refused: Map<Batch, Error>,
): Promise<void> {
  const { rows } = await inTenant(pool, tenantId, (client) =>
    client.query<StatementRow>(
      `select ${STATEMENT_COLUMNS} from statement s where s.tenant_id = $1 and s.id = any($2)`,
      [tenantId, ids],
    ),
  );
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const batch of batches) {
    for (const statement of batch.statements) {
      const row = stored.get(statement.id);
      if (row === undefined) continue;
      if (batch.same(statement, exactText(row))) known.set(statement.id, Number(row.position));
      else refused.set(batch, statementConflict({ statement_id: statement.id }));
    }
  }
}

/** One event for each caller; the stored time is added where it is known. */
function eventsOf(batches: readonly Batch[], known: ReadonlyMap<string, number>): OutboxRow[] {
  const byCaller = new Map<string, PreparedStatement[]>();
  for (const { callerId, statements } of batches) {
    const fresh = statements.filter(({ id }) => !known.has(id));
    byCaller.set(callerId, [...(byCaller.get(callerId) ?? []), ...fresh]);
  }
  return [...byCaller].flatMap(([callerId, statements]) => {
    if (statements.length === 0) return [];
    const told = statements.map(({ id, verb, activityIri, registration }) => {
      return { id, verb: verb.iri, activity: activityIri, registration };
    });
    const event = create(StatementsStoredSchema, { callerId, statements: told });
    return [outboxRow(batches[0]?.tenantId ?? "", StatementsStoredSchema, event)];
  });
}
