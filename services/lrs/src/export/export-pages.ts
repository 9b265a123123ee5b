import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { readAnyStatements } from "../statement/read-any-statements.ts";
import { readStatements } from "../statement/read-statements.ts";
import { behind, type StatementQuery } from "../statement/statement-query.ts";
import type { StatementRow } from "../statement/statement-row.ts";

/** Statements that are in memory at once. */
const PAGE = 100;

/**
 * Pages of an ascending query that ends at a position, the first may be empty. Each is read by itself, so that no transaction stays open
 * while whoever downloads takes their time; what is removed meanwhile is left out, and nothing comes twice or is missed, because positions are
 * not used again.
 */
export async function* exportPages(
  pool: pg.Pool,
  tenantId: string,
  query: StatementQuery,
  withVoided: boolean,
): AsyncGenerator<{ readonly rows: readonly StatementRow[]; readonly next: StatementQuery }> {
  const read = withVoided ? readAnyStatements : readStatements;
  let next = query;
  for (let count = PAGE; count === PAGE; ) {
    const rows = await inTenant(pool, tenantId, (client) => read(client, tenantId, next, PAGE));
    count = rows.length;
    const last = rows.at(-1);
    if (last) next = behind(next, Number(last.position));
    yield { rows, next };
  }
}
