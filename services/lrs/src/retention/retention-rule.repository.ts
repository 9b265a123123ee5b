import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import type { Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type pg from "pg";
import { retentionRuleNotFound } from "../errors.ts";

/** A rule as it is stored. */
export interface RetentionRuleRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  /** StatementFilter as protobuf; empty: everything. */
  readonly filter: Buffer;
  readonly keep_days: number;
  readonly enabled: boolean;
  readonly last_run_at: Date | null;
  readonly request_id: string;
  readonly request_hash: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** One run of a rule. */
export interface RetentionRunRow {
  readonly id: string;
  readonly retention_rule_id: string;
  readonly removed_count: string;
  readonly error: string;
  readonly started_at: Date;
  readonly ended_at: Date | null;
}

/** What people can change of a rule. */
export type RuleChange = Partial<Pick<RetentionRuleRow, "name" | "filter" | "keep_days" | "enabled">>;

/** Job that runs a rule. */
export const RUN_RETENTION = "run-retention";

/** What the job carries. */
export interface RetentionJob {
  readonly id: string;
  readonly tenantId: string;
}

/** Rules and what they have done. A rule that is switched on has a job that is waiting or runs. */
export interface RetentionRuleRepository {
  /** Inserts a rule, or answers the one that the same request made before. */
  insert(row: RetentionRuleRow): Promise<RetentionRuleRow>;
  /** @throws RETENTION_RULE_NOT_FOUND */
  require(tenantId: string, id: string): Promise<RetentionRuleRow>;
  find(tenantId: string, id: string): Promise<RetentionRuleRow | undefined>;
  /** By name, one more than asked for. */
  list(tenantId: string, start: PageStart): Promise<RetentionRuleRow[]>;
  count(tenantId: string): Promise<bigint>;
  /** @param change what to write, decided with the row locked. @throws RETENTION_RULE_NOT_FOUND and what `change` throws */
  change(
    tenantId: string,
    id: string,
    at: Date,
    change: (row: RetentionRuleRow) => RuleChange,
  ): Promise<RetentionRuleRow>;
  remove(tenantId: string, id: string): Promise<void>;
  /** Newest first, one more than asked for. @param ruleId empty: of all. */
  runs(tenantId: string, ruleId: string, start: PageStart): Promise<RetentionRunRow[]>;
  countRuns(tenantId: string, ruleId: string): Promise<bigint>;
  /** Queues every rule that is switched on, in case a process was killed in the middle of one. */
  queueAll(): Promise<void>;
}

const OF_RULE = "tenant_id = $1 and ($2 = '' or retention_rule_id = nullif($2, '')::uuid)";

export function retentionRuleRepository(pool: () => pg.Pool, jobs: () => Jobs): RetentionRuleRepository {
  const find = async (client: pg.ClientBase, tenantId: string, id: string, lock = "") => {
    const { rows } = await client.query<RetentionRuleRow>(
      `select * from retention_rule where tenant_id = $1 and id = $2 ${lock}`,
      [tenantId, id],
    );
    return rows[0];
  };
  const counted = async (tenantId: string, sql: string, values: unknown[]): Promise<bigint> => {
    const { rows } = await inTenant(pool(), tenantId, (client) => client.query<{ count: string }>(sql, values));
    return BigInt(rows[0]?.count ?? 0);
  };
  const queue = (client: pg.ClientBase, { id, tenant_id: tenantId, enabled }: RetentionRuleRow): Promise<void> =>
    enabled ? queueRetention(jobs(), { id, tenantId }, undefined, client) : Promise.resolve();

  return {
    insert: (row) =>
      inTenant(pool(), row.tenant_id, async (client) => {
        const { rowCount } = await client.query(
          `insert into retention_rule (id, tenant_id, name, filter, keep_days, enabled, request_id, request_hash, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict (tenant_id, request_id) do nothing`,
          [
            ...[row.id, row.tenant_id, row.name, row.filter, row.keep_days],
            ...[row.enabled, row.request_id, row.request_hash, row.created_at],
          ],
        );
        if (rowCount) {
          await queue(client, row);
          return row;
        }
        const { rows } = await client.query<RetentionRuleRow>(
          "select * from retention_rule where tenant_id = $1 and request_id = $2",
          [row.tenant_id, row.request_id],
        );
        return rows[0] ?? row;
      }),
    find: (tenantId, id) => inTenant(pool(), tenantId, (client) => find(client, tenantId, id)),
    async require(tenantId, id) {
      const row = await inTenant(pool(), tenantId, (client) => find(client, tenantId, id));
      if (row === undefined) throw retentionRuleNotFound({ id });
      return row;
    },
    list: (tenantId, { after, limit }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<RetentionRuleRow>(
          `select * from retention_rule where tenant_id = $1 and ($2::text is null or (name, id) > ($2, $3::uuid))
           order by name, id limit $4`,
          [tenantId, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
        );
        return rows;
      }),
    count: (tenantId) => counted(tenantId, "select count(*) from retention_rule where tenant_id = $1", [tenantId]),
    change: (tenantId, id, at, change) =>
      inTenant(pool(), tenantId, async (client) => {
        const found = await find(client, tenantId, id, "for update");
        if (found === undefined) throw retentionRuleNotFound({ id });
        const row = { ...found, ...change(found), version: found.version + 1, updated_at: at };
        await client.query(
          `update retention_rule set name = $3, filter = $4, keep_days = $5, enabled = $6, version = $7, updated_at = $8
           where tenant_id = $1 and id = $2`,
          [tenantId, id, row.name, row.filter, row.keep_days, row.enabled, row.version, at],
        );
        await queue(client, row);
        return row;
      }),
    async remove(tenantId, id) {
      await inTenant(pool(), tenantId, (client) =>
        client.query("delete from retention_rule where tenant_id = $1 and id = $2", [tenantId, id]),
      );
    },
    runs: (tenantId, ruleId, { after, limit }) =>
      inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<RetentionRunRow>(
          `select * from retention_run where ${OF_RULE} and ($3::uuid is null or id < $3) order by id desc limit $4`,
          [tenantId, ruleId, after?.[0] ?? null, limit + 1],
        );
        return rows;
      }),
    countRuns: (tenantId, ruleId) =>
      counted(tenantId, `select count(*) from retention_run where ${OF_RULE}`, [tenantId, ruleId]),
    async queueAll() {
      const { rows } = await inSystem(pool(), (client) =>
        client.query<RetentionRuleRow>("select * from retention_rule where enabled"),
      );
      for (const { id, tenant_id: tenantId } of rows) await queueRetention(jobs(), { id, tenantId });
    },
  };
}

/** Lets a rule run, now or later; a run of the same rule that is still waiting is replaced. */
export function queueRetention(jobs: Jobs, job: RetentionJob, runAt?: Date, client?: pg.ClientBase): Promise<void> {
  const options = { key: `${RUN_RETENTION} ${job.id}`, ...(runAt && { runAt }) };
  return jobs.add(RUN_RETENTION, job, options, client);
}
