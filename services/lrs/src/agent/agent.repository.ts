import { inTenant } from "@coursemesh/platform/db/database.ts";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type pg from "pg";
import { statementKey } from "../statement/statement-key.ts";

/** An agent or identified group of the catalogue. */
export interface AgentRow {
  readonly id: string;
  /** JSON with its identifier and newest name. */
  readonly json: string;
  readonly name: string;
  /** All names it was seen with, the newest last. */
  readonly names: readonly string[];
  readonly updatedAt: Date;
}

/** Agents that statements have named. */
export interface AgentRepository {
  /** @param identifier canonical, as `agentKey` makes it. */
  find(tenantId: string, identifier: string): Promise<AgentRow | undefined>;
  /** By name, one more than asked for. @param query part of the name or identifier, whatever the case; empty: all. */
  list(tenantId: string, query: string, start: PageStart): Promise<AgentRow[]>;
  count(tenantId: string, query: string): Promise<bigint>;
}

const COLUMNS = 'id, json, name, names, updated_at as "updatedAt"';
const MATCHES = "tenant_id = $1 and ($2 = '' or name ilike $3 or identifier ilike $3)";

export function agentRepository(pool: () => pg.Pool): AgentRepository {
  return {
    find: (tenantId, identifier) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<AgentRow>(
          `select ${COLUMNS} from agent where tenant_id = $1 and key = $2 and identifier = $3`,
          [tenantId, statementKey("agent", identifier), identifier],
        );
        return rows[0];
      }),
    list: (tenantId, query, { after, limit }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<AgentRow>(
          `select ${COLUMNS} from agent where ${MATCHES} and ($4::text is null or (name, id) > ($4, $5::uuid))
           order by name, id limit $6`,
          [tenantId, query, containing(query), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
        );
        return rows;
      }),
    count: (tenantId, query) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<{ count: string }>(`select count(*) from agent where ${MATCHES}`, [
          tenantId,
          query,
          containing(query),
        ]);
        return BigInt(rows[0]?.count ?? 0);
      }),
  };
}
