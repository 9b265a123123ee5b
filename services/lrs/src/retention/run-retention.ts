import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { JobHandler, Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import { StatementsRetiredSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { filterOf } from "../pipe/pipe.mapper.ts";
import { REMOVAL_BATCH, removeStatements } from "../removal/remove-statements.ts";
import { readAnyStatements } from "../statement/read-any-statements.ts";
import type { StatementQuery } from "../statement/statement-query.ts";
import { retentionQuery } from "./retention-query.ts";
import {
  queueRetention,
  type RetentionJob,
  type RetentionRuleRepository,
  type RetentionRuleRow,
} from "./retention-rule.repository.ts";

/** What runs of rules need. */
export interface RetentionRunDeps {
  readonly pool: () => pg.Pool;
  readonly jobs: () => Jobs;
  readonly rules: RetentionRuleRepository;
  /** Pause between two runs of a rule. */
  readonly everySeconds: number;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Runs a rule: removes what is too old, a batch at a time, and takes its next turn. Between two batches others store; a run that is cut off
 * has removed what it says and the next goes on. A rule that was switched off or removed does nothing more.
 */
export function runRetention(deps: RetentionRunDeps): JobHandler<RetentionJob> {
  const { pool, jobs, rules, everySeconds, logger, now } = deps;
  return async (job, { signal }) => {
    const rule = await rules.find(job.tenantId, job.id);
    if (!rule?.enabled) return;
    const run = { id: uuidV7(), rule };
    try {
      await closeLost(pool(), rule, now());
      const query = retentionQuery(filterOf(rule.filter), rule.keep_days, now());
      for await (const _ of batches(deps, run, query)) if (signal.aborted) break;
      await end(pool(), run, signal.aborted ? "the process stopped; another run goes on" : "", now());
    } catch (error) {
      logger.error({ err: error, retentionRule: rule.id }, "a rule of retention could not be carried out");
      await end(pool(), run, error instanceof Error ? error.message : String(error), now());
    } finally {
      const next = signal.aborted ? now() : new Date(now().getTime() + everySeconds * 1000);
      await queueRetention(jobs(), job, next);
    }
  };
}

interface Run {
  readonly id: string;
  readonly rule: RetentionRuleRow;
}

/** Removes batch after batch and answers how many each had. */
async function* batches({ pool, now }: RetentionRunDeps, run: Run, query: StatementQuery): AsyncGenerator<number> {
  const { tenant_id: tenantId } = run.rule;
  let { after } = query;
  for (let read = REMOVAL_BATCH; read === REMOVAL_BATCH; ) {
    // Read outside of the turn, which is held only as long as removing takes.
    const rows = await inTenant(pool(), tenantId, (client) =>
      readAnyStatements(client, tenantId, { ...query, after }, REMOVAL_BATCH),
    );
    read = rows.length;
    after = Number(rows.at(-1)?.position ?? 0);
    if (read === 0) return;
    yield await inTenant(pool(), tenantId, async (client) => {
      const removed = await removeStatements(
        client,
        tenantId,
        rows.map((row) => row.id),
      );
      await count(client, run, removed.statements, now());
      return removed.statements;
    });
  }
}

async function count(client: pg.ClientBase, { id, rule }: Run, removed: number, at: Date): Promise<void> {
  await client.query(
    `insert into retention_run (id, tenant_id, retention_rule_id, removed_count, started_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set removed_count = retention_run.removed_count + excluded.removed_count`,
    [id, rule.tenant_id, rule.id, removed, at],
  );
}

/** Notes that a run is over. One that neither removed anything nor failed leaves no trace but the rule's time. */
async function end(pool: pg.Pool, { id, rule }: Run, error: string, at: Date): Promise<void> {
  const { tenant_id: tenantId } = rule;
  await inTenant(pool, tenantId, async (client) => {
    await client.query("update retention_rule set last_run_at = $3 where tenant_id = $1 and id = $2", [
      tenantId,
      rule.id,
      at,
    ]);
    if (error !== "") await count(client, { id, rule }, 0, at);
    const { rows } = await client.query<{ removed_count: string }>(
      "update retention_run set ended_at = $3, error = $4 where tenant_id = $1 and id = $2 returning removed_count",
      [tenantId, id, at, error],
    );
    const removedCount = BigInt(rows[0]?.removed_count ?? 0);
    if (removedCount === 0n) return;
    const event = create(StatementsRetiredSchema, { retentionRuleId: rule.id, retentionRunId: id, removedCount });
    await announce(client, tenantId, StatementsRetiredSchema, event);
  });
}

/** Runs whose process was killed. */
async function closeLost(pool: pg.Pool, { tenant_id: tenantId, id }: RetentionRuleRow, at: Date): Promise<void> {
  await inTenant(pool, tenantId, (client) =>
    client.query(
      `update retention_run set ended_at = $3, error = 'the process was gone; another run went on'
       where tenant_id = $1 and retention_rule_id = $2 and ended_at is null`,
      [tenantId, id, at],
    ),
  );
}
