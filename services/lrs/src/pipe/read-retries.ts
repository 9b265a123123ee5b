import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { type OutgoingStatement, readByIds } from "./read-ahead.ts";

/** Dead letters of one run. */
const RETRIES = 100;

/** Dead letters that are to be sent again, oldest first, and the statements among them that are not here any more. */
export async function readRetries(
  pool: pg.Pool,
  tenantId: string,
  pipeId: string,
): Promise<{ statements: OutgoingStatement[]; gone: string[] }> {
  const ids = await inTenant(pool, tenantId, async (client) => {
    const { rows } = await client.query<{ statement_id: string }>(
      "select statement_id from dead_letter where tenant_id = $1 and pipe_id = $2 and retry order by id limit $3",
      [tenantId, pipeId, RETRIES],
    );
    return rows.map((row) => row.statement_id);
  });
  if (ids.length === 0) return { statements: [], gone: [] };
  const statements = await readByIds(pool, tenantId, ids);
  const here = new Set(statements.map((statement) => statement.id));
  return { statements, gone: ids.filter((id) => !here.has(id)) };
}
