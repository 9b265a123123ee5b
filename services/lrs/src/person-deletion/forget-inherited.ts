import { inTenant } from "@coursemesh/platform/db/database.ts";
import { factsOf } from "@coursemesh/xapi/statement-facts.ts";
import type pg from "pg";
import type { StatementRow } from "../statement/statement-row.ts";
import { foundByAgents, keysOfAgent, names, parsed } from "./person-statements.ts";

/**
 * Statements that refer to others are found by what those are found by. Takes that away where the others were removed, so that nobody
 * finds out by asking for a person that something of theirs was here. Chains of references are followed from their end, one at a time.
 */
export async function forgetInherited(pool: pg.Pool, tenantId: string, agents: readonly string[]): Promise<void> {
  for (const agent of agents) {
    for (let forgotten = 1; forgotten > 0; ) {
      forgotten = 0;
      for await (const rows of foundByAgents(pool, tenantId, [agent]))
        forgotten += await forgetIn(pool, tenantId, agent, rows);
    }
  }
}

/** Answers how many statements of a page have lost the agent's keys. */
async function forgetIn(
  pool: pg.Pool,
  tenantId: string,
  agent: string,
  rows: readonly StatementRow[],
): Promise<number> {
  const inheriting = rows
    .map((row) => ({ row, statement: parsed(row) }))
    .filter(({ statement }) => !names(statement, [agent], true))
    .map(({ row, statement }) => ({ position: row.position, target: factsOf(statement).target ?? null }));
  if (inheriting.length === 0) return 0;
  const keys = keysOfAgent(agent);
  return inTenant(pool, tenantId, async (client) => {
    const { rows: left } = await client.query<{ id: string }>(
      "select id from statement where tenant_id = $1 and id = any($2::uuid[]) and (keys && $3::bigint[] or authority = any($3))",
      [tenantId, inheriting.map(({ target }) => target), keys],
    );
    const reasons = new Set(left.map(({ id }) => id));
    const bereft = inheriting.filter(({ target }) => target === null || !reasons.has(target));
    if (bereft.length > 0)
      await client.query("select forget_keys($1, $2::bigint[], $3::bigint[])", [
        tenantId,
        bereft.map(({ position }) => position),
        keys,
      ]);
    return bereft.length;
  });
}
