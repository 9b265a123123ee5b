import type pg from "pg";
import type { Position } from "./position.ts";

/**
 * The position up to which everything is visible to a query that begins after this one was answered. On a connection of its own and not in
 * a transaction, because the lock it looks at must be let go at once.
 */
export async function consistentThrough(pool: pg.Pool, tenantId: string): Promise<Position> {
  const { rows } = await pool.query<{ position: string }>({
    name: "consistent_position",
    text: "select consistent_position($1) as position",
    values: [tenantId],
  });
  return Number(rows[0]?.position ?? 0);
}
