import type pg from "pg";

/** What one removal did. */
export interface Removed {
  readonly statements: number;
  /** Attachments that no statement names any more; the sweep removes them after a day. */
  readonly attachments: number;
}

/** Statements removed in one turn: so few that those who store hardly notice. */
export const REMOVAL_BATCH = 200;

/**
 * Removes statements for good and remembers their ids, in the caller's transaction, which holds the organization's turn from here to its
 * end. Positions are never used again, so whoever is paging neither misses nor repeats what is left.
 */
export async function removeStatements(
  client: pg.ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<Removed> {
  const { rows } = await client.query<{ removed: number; released: number }>(
    "select removed, released from remove_statements($1, $2::uuid[])",
    [tenantId, ids],
  );
  return { statements: rows[0]?.removed ?? 0, attachments: rows[0]?.released ?? 0 };
}

/** SQLSTATE of an attempt to store a statement that was removed. */
export const REMOVED = "CM001";

/** Those of some ids that were removed, with the positions their statements had. */
export async function removedAmong(
  client: pg.ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ id: string; position: string }>(
    "select id, position from tombstone where tenant_id = $1 and id = any($2::uuid[])",
    [tenantId, ids],
  );
  return new Map(rows.map(({ id, position }) => [id, Number(position)]));
}
