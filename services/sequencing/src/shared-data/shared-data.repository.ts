import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { SharedData } from "@coursemesh/scorm/cmi2004/shared-data.ts";
import type pg from "pg";
import type { ObjectiveScope } from "../global-objective/global-objective.repository.ts";

/** A store as it is kept. */
export interface SharedDataRow {
  readonly id: string;
  readonly learnerId: string;
  readonly scope: string;
  readonly targetId: string;
  readonly value: string;
  readonly updatedAt: Date;
}

const columns = `id, learner_id as "learnerId", scope, target_id as "targetId", value, updated_at as "updatedAt"`;

const read = (row: SharedDataRow): SharedDataRow => ({ ...row, value: JSON.parse(row.value) as string });

/** Texts of those of the given stores that have one. */
export async function sharedDataOf(
  client: pg.ClientBase,
  of: ObjectiveScope,
  targetIds: readonly string[],
): Promise<SharedData> {
  if (targetIds.length === 0) return {};
  const { rows } = await client.query<SharedDataRow>(
    `select ${columns} from shared_data where tenant_id = $1 and learner_id = $2 and scope = $3 and target_id = any($4)`,
    [of.organizationId, of.learnerId, of.scope, targetIds],
  );
  return Object.fromEntries(rows.map(read).map(({ targetId, value }) => [targetId, value]));
}

/** Writes stores, new or known. */
export async function saveSharedData(client: pg.ClientBase, of: ObjectiveScope, values: SharedData): Promise<void> {
  const targets = Object.keys(values);
  if (targets.length === 0) return;
  await client.query(
    `insert into shared_data (id, tenant_id, learner_id, scope, target_id, value, updated_at)
     select new.id, $1, $2, $3, new.target_id, new.value, now()
     from unnest($4::uuid[], $5::text[], $6::text[]) as new (id, target_id, value)
     on conflict (tenant_id, learner_id, scope, target_id) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [
      of.organizationId,
      of.learnerId,
      of.scope,
      targets.map(() => uuidV7()),
      targets,
      // As JSON, because a text of the database can hold neither NUL nor lone surrogates.
      Object.values(values).map((value) => JSON.stringify(value)),
    ],
  );
}

/** Empties all stores of a scope. */
export async function forgetSharedData(client: pg.ClientBase, of: ObjectiveScope): Promise<void> {
  await client.query("delete from shared_data where tenant_id = $1 and learner_id = $2 and scope = $3", [
    of.organizationId,
    of.learnerId,
    of.scope,
  ]);
}

/** One page by target id, one row more than asked for. */
export async function listSharedData(
  client: pg.ClientBase,
  of: ObjectiveScope,
  after: string | undefined,
  limit: number,
): Promise<SharedDataRow[]> {
  const { rows } = await client.query<SharedDataRow>(
    `select ${columns} from shared_data where tenant_id = $1 and learner_id = $2 and scope = $3
       and ($4::text is null or target_id > $4) order by target_id limit $5`,
    [of.organizationId, of.learnerId, of.scope, after ?? null, limit + 1],
  );
  return rows.map(read);
}

export async function findSharedData(
  client: pg.ClientBase,
  organizationId: string,
  id: string,
): Promise<SharedDataRow | undefined> {
  const { rows } = await client.query<SharedDataRow>(
    `select ${columns} from shared_data where id = $1 and tenant_id = $2`,
    [id, organizationId],
  );
  return rows[0] && read(rows[0]);
}
