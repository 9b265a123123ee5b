import { randomUUID } from "node:crypto";
import { ConnectError } from "@connectrpc/connect";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { JobHandler, Jobs } from "@coursemesh/platform/jobs/jobs.ts";
import { BulkState } from "@coursemesh/proto/coursemesh/dispatch/v1/bulk_operation_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { applyBefore, applyWithin, type BulkStep } from "./apply-bulk-action.ts";
import { actionOf, type BulkOperationRow, type BulkResultRow } from "./bulk-operation-row.ts";

/** Job that works through an operation. */
export const RUN_BULK_OPERATION = "run_bulk_operation";

export interface BulkJob {
  readonly tenantId: string;
  readonly id: string;
}

/** How long an operation is left to whoever works on it, or waits in the queue. */
export const LEASE_SECONDS = 20;
/** Times that something nobody foresaw may go wrong with one dispatch before it is left out, so that it holds up no others. */
const PATIENCE = 4;
const OPEN = `state in (${BulkState.WAITING}, ${BulkState.RUNNING})`;

export function queueBulkOperation(jobs: Jobs, job: BulkJob, client?: pg.ClientBase): Promise<void> {
  return jobs.add(RUN_BULK_OPERATION, job, { key: `bulk operation ${job.id}` }, client);
}

/** The job {@link RUN_BULK_OPERATION}: one dispatch after the other, each with its result in one transaction where that can be. */
export function runBulkOperation(parts: DispatchParts): JobHandler<BulkJob> {
  return async (job, { signal }) => {
    const owner = randomUUID();
    const operation = await lease(parts.pool(), job, owner);
    if (operation === undefined) return;
    const action = actionOf(operation, parts.sealKey);
    try {
      while (!signal.aborted) {
        const result = await nextOf(parts.pool(), job);
        if (result === undefined) return await end(parts, job);
        const step = { tenantId: job.tenantId, operationId: job.id, action, result };
        if (!(await take(parts, step, owner))) return;
      }
      // The process stops; another goes on at once.
      await queueBulkOperation(parts.jobs(), job);
    } finally {
      await release(parts.pool(), job, owner);
    }
  };
}

/** Queues what somebody worked on who is gone. */
export async function requeueBulkOperations({ pool, jobs }: DispatchParts): Promise<void> {
  const { rows } = await inSystem(pool(), (client) =>
    client.query<{ tenant_id: string; id: string }>(
      `select tenant_id, id from bulk_operation where ended_at is null and leased_until < now() order by leased_until limit 100`,
    ),
  );
  for (const { tenant_id, id } of rows) await queueBulkOperation(jobs(), { tenantId: tenant_id, id });
}

/** Whether the operation goes on: false when it was canceled or another works on it. */
async function take(parts: DispatchParts, step: BulkStep, owner: string): Promise<boolean> {
  try {
    const dispatchId = await applyBefore(parts, step);
    return await inTenant(parts.pool(), step.tenantId, async (client) => {
      if (!(await renew(client, step.operationId, owner))) return false;
      await applyWithin(parts, client, step);
      await write(client, step, { dispatchId, reason: "", error: "" });
      return true;
    });
  } catch (error) {
    const failure = await judge(parts, step, error);
    return inTenant(parts.pool(), step.tenantId, async (client) => {
      if (!(await renew(client, step.operationId, owner))) return false;
      await write(client, step, { dispatchId: step.result.dispatch_id, ...failure });
      return true;
    });
  }
}

/** What is written of a refusal. What may be over soon is thrown on, so that the job comes again, but not for ever. */
async function judge(
  { pool, logger }: DispatchParts,
  { tenantId, operationId, result }: BulkStep,
  error: unknown,
): Promise<{ readonly reason: string; readonly error: string }> {
  const reason = reasonOf(error);
  if (reason !== undefined && reason !== "UNAVAILABLE") return { reason, error: ConnectError.from(error).rawMessage };
  if (result.tries < PATIENCE) {
    await inTenant(pool(), tenantId, (client) =>
      client.query("update bulk_result set tries = tries + 1 where bulk_operation_id = $1 and position = $2", [
        operationId,
        result.position,
      ]),
    );
    throw error;
  }
  logger.error({ err: error, operationId, dispatchId: result.dispatch_id }, "a dispatch was left out of an operation");
  return { reason: reason ?? "INTERNAL", error: "something went wrong here; try this dispatch again" };
}

function lease(pool: pg.Pool, { tenantId, id }: BulkJob, owner: string): Promise<BulkOperationRow | undefined> {
  return inTenant(pool, tenantId, async (client) => {
    const { rows } = await client.query<BulkOperationRow>(
      `update bulk_operation set state = ${BulkState.RUNNING}, lease_owner = $3, leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
       where tenant_id = $1 and id = $2 and ${OPEN} and (lease_owner is null or leased_until < now()) returning *`,
      [tenantId, id, owner],
    );
    return rows[0];
  });
}

async function renew(client: pg.ClientBase, id: string, owner: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update bulk_operation set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}) where id = $1 and ${OPEN} and lease_owner = $2`,
    [id, owner],
  );
  return rowCount === 1;
}

/** Whoever is to go on is queued already; past its lease the operation is looked for anyway. */
async function release(pool: pg.Pool, { tenantId, id }: BulkJob, owner: string): Promise<void> {
  await inTenant(pool, tenantId, (client) =>
    client.query("update bulk_operation set lease_owner = null where id = $1 and lease_owner = $2", [id, owner]),
  );
}

function nextOf(pool: pg.Pool, { tenantId, id }: BulkJob): Promise<BulkResultRow | undefined> {
  return inTenant(pool, tenantId, async (client) => {
    const query = "select * from bulk_result where bulk_operation_id = $1 and not done order by position limit 1";
    return (await client.query<BulkResultRow>(query, [id])).rows[0];
  });
}

async function write(
  client: pg.ClientBase,
  { operationId, result }: BulkStep,
  { dispatchId, reason, error }: { readonly dispatchId: string; readonly reason: string; readonly error: string },
): Promise<void> {
  const { rowCount } = await client.query(
    `update bulk_result set done = true, dispatch_id = $3, error_reason = $4, error = $5
     where bulk_operation_id = $1 and position = $2 and not done`,
    [operationId, result.position, dispatchId, reason, error],
  );
  if (!rowCount) return;
  await client.query(
    "update bulk_operation set done_count = done_count + 1, failed_count = failed_count + $2 where id = $1",
    [operationId, reason === "" ? 0 : 1],
  );
}

async function end({ pool, now }: DispatchParts, { tenantId, id }: BulkJob): Promise<void> {
  await inTenant(pool(), tenantId, (client) =>
    client.query(
      `update bulk_operation set state = ${BulkState.DONE}, ended_at = $2, sealed_action = '' where id = $1 and ${OPEN}`,
      [id, now()],
    ),
  );
}
