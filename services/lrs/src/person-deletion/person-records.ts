import type pg from "pg";
import { statementKey } from "../statement/statement-key.ts";

/** Documents that are removed in one transaction. */
const BATCH = 200;

/** By the index on what `md5` makes of it; identifiers may be longer than an index entry. */
const OF_PERSON =
  "tenant_id = $1 and agent_key <> '' and md5(agent_key) = any(array(select md5(x) from unnest($2::text[]) as x)) and agent_key = any($2::text[])";

/** Removes some documents of a person's; answers how many, 0 when there are no more. */
export async function removeDocuments(
  client: pg.ClientBase,
  tenantId: string,
  agents: readonly string[],
): Promise<number> {
  const { rowCount } = await client.query(
    `delete from document where id in (select id from document where ${OF_PERSON} limit ${BATCH})`,
    [tenantId, agents],
  );
  return rowCount ?? 0;
}

/** How many documents of a person's there are. */
export async function countOfPerson(
  client: pg.ClientBase,
  tenantId: string,
  agents: readonly string[],
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from document where ${OF_PERSON}`,
    [tenantId, agents],
  );
  return rows[0]?.count ?? 0;
}

/** Removes a person from the catalogue of agents, with all the names they were seen with. In the organization's turn, like everything there. */
export async function removeFromCatalog(
  client: pg.ClientBase,
  tenantId: string,
  agents: readonly string[],
): Promise<void> {
  await client.query("select pg_advisory_xact_lock(turn_of($1::uuid))", [tenantId]);
  await client.query(
    "delete from agent where tenant_id = $1 and key = any($2::bigint[]) and identifier = any($3::text[])",
    [tenantId, agents.map((agent) => statementKey("agent", agent)), agents],
  );
}
