import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import type { Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { PersonDeletionState } from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import type pg from "pg";
import { personDeletionBegun, personDeletionNotFound } from "../errors.ts";

/** A deletion as it is stored. */
export interface PersonDeletionRow {
  readonly id: string;
  readonly tenant_id: string;
  /** SHA-256 of the agents' identifiers. */
  readonly agent_hashes: readonly string[];
  /** Identifiers, until they are no longer needed. */
  readonly agents: readonly string[];
  readonly related: boolean;
  readonly dry_run: boolean;
  readonly state: PersonDeletionState;
  readonly statement_count: string;
  readonly document_count: string;
  readonly attachment_count: string;
  readonly error: string;
  readonly request_id: string;
  readonly request_hash: string;
  readonly created_at: Date;
  readonly start_at: Date;
  readonly ended_at: Date | null;
}

/** What a deletion is made of. */
export type NewPersonDeletion = Pick<
  PersonDeletionRow,
  | "id"
  | "tenant_id"
  | "agent_hashes"
  | "agents"
  | "related"
  | "dry_run"
  | "request_id"
  | "request_hash"
  | "created_at"
  | "start_at"
>;

/** Job that carries a deletion out. */
export const DELETE_PERSON = "delete-person";

/** What the job carries. */
export interface PersonDeletionJob {
  readonly id: string;
  readonly tenantId: string;
}

/** What was removed in one step. */
export interface DeletionCounts {
  readonly statements?: number;
  readonly documents?: number;
  readonly attachments?: number;
}

/** Deletions of persons. */
export interface PersonDeletionRepository {
  /** Inserts a deletion and its job, or answers the one that the same request made before. */
  insert(row: NewPersonDeletion): Promise<PersonDeletionRow>;
  /** @throws PERSON_DELETION_NOT_FOUND */
  require(tenantId: string, id: string): Promise<PersonDeletionRow>;
  /** Newest first, one more than asked for. */
  list(tenantId: string, start: PageStart): Promise<PersonDeletionRow[]>;
  count(tenantId: string): Promise<bigint>;
  /** Ends one that waits; one that was canceled stays so. @throws PERSON_DELETION_NOT_FOUND, PERSON_DELETION_BEGUN */
  cancel(tenantId: string, id: string, at: Date): Promise<PersonDeletionRow>;
  /** Takes one that waits or was cut off; undefined when it is over. */
  begin(job: PersonDeletionJob): Promise<PersonDeletionRow | undefined>;
  /** Ends one, in the caller's transaction; the agents are forgotten. */
  end(
    client: pg.ClientBase,
    row: PersonDeletionRow,
    state: PersonDeletionState,
    error: string,
    at: Date,
  ): Promise<void>;
  /** Adds to what one has removed, in the caller's transaction. */
  add(client: pg.ClientBase, row: PersonDeletionRow, counts: DeletionCounts): Promise<void>;
  /** Queues all that are not over, in case a process was killed in the middle of one. */
  queueAll(): Promise<void>;
}

const OPEN = `state in (${PersonDeletionState.WAITING}, ${PersonDeletionState.RUNNING})`;

export function personDeletionRepository(pool: () => pg.Pool, jobs: () => Jobs): PersonDeletionRepository {
  const find = async (client: pg.ClientBase, tenantId: string, id: string, lock = ""): Promise<PersonDeletionRow> => {
    const { rows } = await client.query<PersonDeletionRow>(
      `select * from person_deletion where tenant_id = $1 and id = $2 ${lock}`,
      [tenantId, id],
    );
    if (rows[0] === undefined) throw personDeletionNotFound({ id });
    return rows[0];
  };
  const queue = (row: Pick<PersonDeletionRow, "id" | "tenant_id" | "start_at">, client?: pg.ClientBase) =>
    jobs().add(
      DELETE_PERSON,
      { id: row.id, tenantId: row.tenant_id } satisfies PersonDeletionJob,
      { key: `${DELETE_PERSON} ${row.id}`, runAt: row.start_at },
      client,
    );
  const end: PersonDeletionRepository["end"] = async (client, { tenant_id: tenantId, id }, state, error, at) => {
    await client.query(
      "update person_deletion set state = $3, error = $4, ended_at = $5, agents = '{}' where tenant_id = $1 and id = $2",
      [tenantId, id, state, error, at],
    );
  };

  return {
    insert: (row) =>
      inTenant(pool(), row.tenant_id, async (client) => {
        const { rowCount } = await client.query(
          `insert into person_deletion (
             id, tenant_id, agent_hashes, agents, related, dry_run, state, request_id, request_hash, created_at, start_at
           ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (tenant_id, request_id) do nothing`,
          [
            ...[row.id, row.tenant_id, row.agent_hashes, row.agents, row.related, row.dry_run],
            ...[PersonDeletionState.WAITING, row.request_id, row.request_hash, row.created_at, row.start_at],
          ],
        );
        if (rowCount) await queue(row, client);
        const { rows } = await client.query<PersonDeletionRow>(
          "select * from person_deletion where tenant_id = $1 and request_id = $2",
          [row.tenant_id, row.request_id],
        );
        if (rows[0] === undefined) throw new Error("an inserted deletion was not found");
        return rows[0];
      }),
    require: (tenantId, id) => inTenant(pool(), tenantId, (client) => find(client, tenantId, id)),
    list: (tenantId, { after, limit }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<PersonDeletionRow>(
          `select * from person_deletion where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
          [tenantId, after?.[0] ?? null, limit + 1],
        );
        return rows;
      }),
    count: (tenantId) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ count: string }>(
          "select count(*) from person_deletion where tenant_id = $1",
          [tenantId],
        );
        return BigInt(rows[0]?.count ?? 0);
      }),
    cancel: (tenantId, id, at) =>
      inTenant(pool(), tenantId, async (client) => {
        const row = await find(client, tenantId, id, "for update");
        if (row.state === PersonDeletionState.CANCELED) return row;
        if (row.state !== PersonDeletionState.WAITING) throw personDeletionBegun({ id });
        await end(client, row, PersonDeletionState.CANCELED, "", at);
        return find(client, tenantId, id);
      }),
    begin: ({ tenantId, id }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<PersonDeletionRow>(
          `update person_deletion set state = ${PersonDeletionState.RUNNING} where tenant_id = $1 and id = $2 and ${OPEN} returning *`,
          [tenantId, id],
        );
        return rows[0];
      }),
    end,
    async add(client, { tenant_id: tenantId, id }, { statements = 0, documents = 0, attachments = 0 }) {
      await client.query(
        `update person_deletion set statement_count = statement_count + $3, document_count = document_count + $4,
           attachment_count = attachment_count + $5 where tenant_id = $1 and id = $2`,
        [tenantId, id, statements, documents, attachments],
      );
    },
    async queueAll() {
      const { rows } = await inSystem(pool(), (client) =>
        client.query<PersonDeletionRow>(`select id, tenant_id, start_at from person_deletion where ${OPEN}`),
      );
      for (const row of rows) await queue(row);
    },
  };
}
