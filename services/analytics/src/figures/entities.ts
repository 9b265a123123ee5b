import type pg from "pg";
import type { EntityKind } from "../journal/entity-event.ts";

/** What reports show of a course, version, destination … */
export interface EntityRow {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly parent_id: string | null;
  readonly current_id: string | null;
}

const COLUMNS = "id, name, number, parent_id, current_id";

/** Those with these ids, also when they are gone. */
export async function entitiesById(
  client: pg.ClientBase,
  tenantId: string,
  kind: EntityKind,
  ids: readonly string[],
): Promise<Map<string, EntityRow>> {
  const { rows } = await client.query<EntityRow>(
    `select ${COLUMNS} from entity where tenant_id = $1 and kind = $2 and id = any($3)`,
    [tenantId, kind, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** All that are there. */
export async function presentEntities(client: pg.ClientBase, tenantId: string, kind: EntityKind): Promise<EntityRow[]> {
  const { rows } = await client.query<EntityRow>(
    `select ${COLUMNS} from entity where tenant_id = $1 and kind = $2 and not deleted and name is not null`,
    [tenantId, kind],
  );
  return rows;
}

/** One that is there; undefined when it was never heard of or is gone. */
export async function presentEntity(
  client: pg.ClientBase,
  tenantId: string,
  kind: EntityKind,
  id: string,
): Promise<EntityRow | undefined> {
  const { rows } = await client.query<EntityRow>(
    `select ${COLUMNS} from entity where tenant_id = $1 and kind = $2 and id = $3 and not deleted`,
    [tenantId, kind, id],
  );
  return rows[0];
}
