import { inTenant } from "@coursemesh/platform/db/database.ts";
import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { factsOf } from "@coursemesh/xapi/statement-facts.ts";
import { withMembers } from "@coursemesh/xapi/statement-parts.ts";
import type pg from "pg";
import { REMOVAL_BATCH } from "../removal/remove-statements.ts";
import { readAnyStatements } from "../statement/read-any-statements.ts";
import { type StatementKey, statementKey } from "../statement/statement-key.ts";
import { exactText, type StatementRow } from "../statement/statement-row.ts";

/** Every key by which a statement can be found because of an agent. */
export function keysOfAgent(agent: string): StatementKey[] {
  return [statementKey("agent", agent), statementKey("relatedAgent", agent), statementKey("authority", agent)];
}

/** Pages of all statements that are found by some agents, void ones included, in order. */
export async function* foundByAgents(
  pool: pg.Pool,
  tenantId: string,
  agents: readonly string[],
): AsyncGenerator<StatementRow[]> {
  const conditions = [{ keys: agents.flatMap(keysOfAgent) }];
  let after = 0;
  for (let read = REMOVAL_BATCH; read === REMOVAL_BATCH; ) {
    const query = { conditions, after, upTo: undefined, ascending: true };
    const rows = await inTenant(pool, tenantId, (client) => readAnyStatements(client, tenantId, query, REMOVAL_BATCH));
    read = rows.length;
    after = Number(rows.at(-1)?.position ?? after);
    yield rows;
  }
}

/**
 * Pages of the statements that are a person's: by their own words, not because they refer to such a statement.
 * @param related also those in which the person is not the actor, or one of the actor's members.
 */
export async function* personStatements(
  pool: pg.Pool,
  tenantId: string,
  agents: readonly string[],
  related: boolean,
): AsyncGenerator<StatementRow[]> {
  for await (const rows of foundByAgents(pool, tenantId, agents)) {
    const own = rows.filter((row) => names(parsed(row), agents, related));
    if (own.length > 0) yield own;
  }
}

/** Whether a statement itself names one of some agents. */
export function names(statement: Statement, agents: readonly string[], related: boolean): boolean {
  const named = related
    ? factsOf(statement).relatedAgents
    : withMembers(statement.actor).map((actor) => agentKey(actor) ?? "");
  return named.some((agent) => agents.includes(agent));
}

export function parsed(row: StatementRow): Statement {
  return JSON.parse(exactText(row)) as Statement;
}
