import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import type { JobHandler } from "@coursemesh/platform/jobs/jobs.ts";
import { PersonDeletedSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { PersonDeletionState } from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import type { CatalogMemory } from "../catalog/catalog-memory.ts";
import { removeStatements } from "../removal/remove-statements.ts";
import { statementKey } from "../statement/statement-key.ts";
import { forgetInherited } from "./forget-inherited.ts";
import type { PersonDeletionJob, PersonDeletionRepository, PersonDeletionRow } from "./person-deletion.repository.ts";
import { countOfPerson, removeDocuments, removeFromCatalog } from "./person-records.ts";
import { personStatements } from "./person-statements.ts";

/** What carrying out a deletion needs. */
export interface PersonDeletionDeps {
  readonly pool: () => pg.Pool;
  readonly deletions: PersonDeletionRepository;
  /** Of this process; others remember who was entered until they start again, and enter them no second time. */
  readonly catalog: Pick<CatalogMemory, "forget">;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Carries out a deletion, or counts what it would remove: statements batch by batch, what others carry of them, documents, the entry in the
 * catalogue. A run that is cut off is gone on with by the next, because what is removed is no longer found.
 */
export function runPersonDeletion(deps: PersonDeletionDeps): JobHandler<PersonDeletionJob> {
  const { pool, deletions, logger, now } = deps;
  return async (job, { signal, attempt, maxAttempts }) => {
    const row = await deletions.begin(job);
    if (row === undefined) return;
    try {
      if (row.dry_run) await count(deps, row);
      else await remove(deps, row, signal);
    } catch (error) {
      if (attempt < maxAttempts || signal.aborted) throw error;
      logger.error({ err: error, personDeletion: row.id }, "a person could not be deleted");
      const message = error instanceof Error ? error.message : String(error);
      await inTenant(pool(), row.tenant_id, (client) =>
        deletions.end(client, row, PersonDeletionState.FAILED, message, now()),
      );
    }
  };
}

async function remove(
  { pool, deletions, catalog, now }: PersonDeletionDeps,
  row: PersonDeletionRow,
  signal: AbortSignal,
): Promise<void> {
  const { tenant_id: tenantId, agents } = row;
  for await (const found of personStatements(pool(), tenantId, agents, row.related)) {
    signal.throwIfAborted();
    await inTenant(pool(), tenantId, async (client) => {
      const { statements, attachments } = await removeStatements(
        client,
        tenantId,
        found.map(({ id }) => id),
      );
      await deletions.add(client, row, { statements, attachments });
    });
  }
  await forgetInherited(pool(), tenantId, agents);
  for (let documents = 1; documents > 0; ) {
    signal.throwIfAborted();
    documents = await inTenant(pool(), tenantId, async (client) => {
      const removed = await removeDocuments(client, tenantId, agents);
      await deletions.add(client, row, { documents: removed });
      return removed;
    });
  }
  await inTenant(pool(), tenantId, async (client) => {
    await removeFromCatalog(client, tenantId, agents);
    await deletions.end(client, row, PersonDeletionState.DONE, "", now());
    const { rows } = await client.query<{ statement_count: string }>(
      "select statement_count from person_deletion where tenant_id = $1 and id = $2",
      [tenantId, row.id],
    );
    const statementCount = BigInt(rows[0]?.statement_count ?? 0);
    const event = create(PersonDeletedSchema, { personDeletionId: row.id, statementCount });
    await announce(client, tenantId, PersonDeletedSchema, event);
  });
  catalog.forget(
    tenantId,
    agents.map((agent) => statementKey("agent", agent)),
  );
}

/**
 * Counts at once and not batch by batch: a count that was cut off begins anew. All attachments count that these statements name; those that others
 * name as well will stay.
 */
async function count({ pool, deletions, now }: PersonDeletionDeps, row: PersonDeletionRow): Promise<void> {
  const { tenant_id: tenantId, agents } = row;
  const attachments = new Set<string>();
  let statements = 0;
  for await (const found of personStatements(pool(), tenantId, agents, row.related)) {
    statements += found.length;
    for (const sha2 of found.flatMap((each) => each.attachments)) attachments.add(sha2);
  }
  await inTenant(pool(), tenantId, async (client) => {
    const documents = await countOfPerson(client, tenantId, agents);
    await deletions.add(client, row, { statements, documents, attachments: attachments.size });
    await deletions.end(client, row, PersonDeletionState.DONE, "", now());
  });
}
