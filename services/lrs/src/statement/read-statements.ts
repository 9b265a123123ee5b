import type pg from "pg";
import { WALK_INDEXES } from "./in-walk.ts";
import type { Condition, StatementQuery } from "./statement-query.ts";
import { STATEMENT_COLUMNS, type StatementRow } from "./statement-row.ts";

/**
 * Statements of a query in order, without voided ones: a walk along the index of one condition's keys, at each step of which the other
 * conditions' keys are looked up. The session must be the tenant's.
 */
export async function readStatements(
  client: pg.ClientBase,
  tenantId: string,
  query: StatementQuery,
  limit: number,
): Promise<StatementRow[]> {
  await client.query(WALK_INDEXES);
  return walkStatements(client, tenantId, query, limit);
}

/** The same in a transaction of `inWalk`. */
export async function walkStatements(
  client: pg.ClientBase,
  tenantId: string,
  query: StatementQuery,
  limit: number,
): Promise<StatementRow[]> {
  const values: unknown[] = [tenantId];
  const driver = await driverOf(client, tenantId, query);
  const sql = statementsSql(driver, query, STATEMENT_COLUMNS, values, limit);
  const { rows } = await client.query<StatementRow>(
    `${sql} order by s.position ${direction(query)} limit ${limit}`,
    values,
  );
  return rows;
}

/**
 * SQL for the statements of a query, unsorted.
 * @param driver the condition to walk along; undefined for a query without any.
 * @param values of the parameters so far, `$1` being the tenant; those of the query are added.
 * @param limit how many are needed from the query's beginning on; all without it.
 */
export function statementsSql(
  driver: Condition | undefined,
  query: StatementQuery,
  columns: string,
  values: unknown[],
  limit?: number,
): string {
  if (driver === undefined) {
    const where = ["s.tenant_id = $1", "not s.voided", ...range("s", query, values)];
    return `select ${columns} from statement s where ${where.join(" and ")}`;
  }
  const others = query.conditions.filter((condition) => condition !== driver).map((it) => holds(it, values));
  const bounds = [...range("k", query, values), ...others].map((it) => ` and ${it}`).join("");
  const first = limit === undefined ? "" : ` order by k.position ${direction(query)} limit ${limit}`;
  // The first of each key are enough for the first of all; `union` leaves out what is found by several.
  const walks = allKeys(driver).map(
    (key) =>
      `(select k.position from statement_key k where k.tenant_id = $1 and k.key = ${value(key, values)}${bounds}${first})`,
  );
  return `select ${columns} from (${walks.join(" union ")}) d join statement s on s.tenant_id = $1 and s.position = d.position`;
}

/** How far a condition's first keys reach tells how rare it is; the rarest is walked along. */
const PROBE = 200;

/** The condition with the fewest statements where the query begins; none is counted to the end. */
export async function driverOf(
  client: pg.ClientBase,
  tenantId: string,
  query: StatementQuery,
): Promise<Condition | undefined> {
  const { conditions } = query;
  if (conditions.length < 2) return conditions[0];
  const values: unknown[] = [tenantId];
  const bounds = range("k", query, values).map((bound) => ` and ${bound}`);
  const order = `order by k.position ${direction(query)} offset ${PROBE - 1} limit 1`;
  const probes = conditions.flatMap((condition, index) =>
    allKeys(condition).map((key) => {
      const where = `k.tenant_id = $1 and k.key = ${value(key, values)}${bounds.join("")}`;
      return `select ${index} as place, (select k.position from statement_key k where ${where} ${order}) as reach`;
    }),
  );
  const { rows } = await client.query<{ place: number; reach: string | null }>(probes.join(" union all "), values);
  // The farther the 200th is away the rarer; of a condition with several keys the commonest counts.
  const reaches = conditions.map((_, index) => {
    const own = rows.filter((row) => row.place === index).map((row) => distance(row.reach, query.ascending));
    return Math.min(...own);
  });
  return conditions[reaches.indexOf(Math.max(...reaches))];
}

function distance(reach: string | null, ascending: boolean): number {
  if (reach === null) return Number.POSITIVE_INFINITY;
  return ascending ? Number(reach) : -Number(reach);
}

const direction = ({ ascending }: StatementQuery): string => (ascending ? "asc" : "desc");

const allKeys = ({ keys, authority }: Condition): string[] =>
  authority === undefined ? [...keys] : [...keys, authority];

/** The statement at the walk's position has one of the keys. */
function holds(condition: Condition, values: unknown[]): string {
  const any = `o.key = any(${value(`{${allKeys(condition).join(",")}}`, values)}::bigint[])`;
  return `exists (select from statement_key o where o.tenant_id = $1 and ${any} and o.position = k.position)`;
}

function range(table: string, { after, upTo }: StatementQuery, values: unknown[]): string[] {
  const bounds: string[] = [];
  if (after !== undefined) bounds.push(`${table}.position > ${value(after, values)}`);
  if (upTo !== undefined) bounds.push(`${table}.position <= ${value(upTo, values)}`);
  return bounds;
}

function value(given: unknown, values: unknown[]): string {
  values.push(given);
  return `$${values.length}`;
}
