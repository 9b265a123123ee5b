import type pg from "pg";
import { readStatements } from "./read-statements.ts";
import type { StatementQuery } from "./statement-query.ts";
import { STATEMENT_COLUMNS, type StatementRow } from "./statement-row.ts";

/** The first statements of an ascending query, those that are void included. The session must be the tenant's. */
export async function readAnyStatements(
  client: pg.ClientBase,
  tenantId: string,
  query: StatementQuery,
  limit: number,
): Promise<StatementRow[]> {
  const valid = await readStatements(client, tenantId, query, limit);
  const values: unknown[] = [tenantId];
  const { rows } = await client.query<StatementRow>(
    `select ${STATEMENT_COLUMNS} from statement s where ${voidedWhere(query, values)} order by s.position limit ${limit}`,
    values,
  );
  if (rows.length === 0) return valid;
  return [...valid, ...rows].toSorted((a, b) => Number(a.position) - Number(b.position)).slice(0, limit);
}

/**
 * SQL that holds for the void statements of a query, of a table called `s`: they have no posting rows, but an index of their own.
 * @param values of the parameters so far, `$1` being the tenant; those of the query are added.
 */
export function voidedWhere({ conditions, after, upTo }: StatementQuery, values: unknown[]): string {
  const value = (given: unknown): string => `$${values.push(given)}`;
  const where = ["s.tenant_id = $1", "s.voided"];
  for (const { keys, authority } of conditions) {
    const holds = [`s.keys && ${value(`{${keys.join(",")}}`)}::bigint[]`];
    if (authority !== undefined) holds.push(`s.authority = ${value(authority)}`);
    where.push(`(${holds.join(" or ")})`);
  }
  if (after !== undefined) where.push(`s.position > ${value(after)}`);
  if (upTo !== undefined) where.push(`s.position <= ${value(upTo)}`);
  return where.join(" and ");
}
