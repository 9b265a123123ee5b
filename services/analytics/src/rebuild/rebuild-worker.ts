import { create } from "@bufbuild/protobuf";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { type Repeated, repeat } from "@coursemesh/platform/jobs/repeat.ts";
import { RebuildCompletedSchema } from "@coursemesh/proto/coursemesh/analytics/v1/events_pb.ts";
import { RebuildState } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { NIL } from "../fold/folded.ts";
import { JOURNAL_EVENTS } from "../journal/take-events.ts";
import type { Rebuilt } from "./compare-tables.ts";
import { rebuildTenant } from "./rebuild-tenant.ts";

const LOOK_MS = 200;
/** A rebuild that nobody was heard of for so long is begun anew. */
const DEAD_SECONDS = 120;

interface RebuildJob {
  readonly id: string;
  readonly tenant_id: string;
  readonly compare_only: boolean;
}

/** Somebody asked for the end, or the process stops. */
class Stopped extends Error {}

/** Runs rebuilds, one at a time over all processes. */
export function rebuildWorker(
  pool: () => pg.Pool,
  logger: Logger,
  stopping: AbortSignal,
  changed: (tenantId: string) => void,
): Repeated {
  return repeat(LOOK_MS, logger, "a rebuild", async () => {
    const job = await takeJob(pool());
    if (job === undefined) return;
    try {
      await run(pool(), job, stopping, changed);
    } catch (error) {
      if (error instanceof Stopped) return;
      logger.error({ err: error, rebuildId: job.id }, "a rebuild failed; the figures in use stay");
      await end(pool(), job.id, RebuildState.FAILED, String(error));
    }
  });
}

async function takeJob(pool: pg.Pool): Promise<RebuildJob | undefined> {
  const { rows } = await inSystem(pool, (client) =>
    client.query<RebuildJob>(
      `update rebuild set state = ${RebuildState.RUNNING}, heard_at = now(), event_count = 0, difference_count = 0, differences = '{}'
       where id = (
         select id from rebuild where state = ${RebuildState.WAITING}
           or (state = ${RebuildState.RUNNING} and heard_at < now() - interval '${DEAD_SECONDS} seconds')
         order by created_at limit 1 for update skip locked
       ) returning id, tenant_id, compare_only`,
    ),
  );
  return rows[0];
}

async function run(
  pool: pg.Pool,
  job: RebuildJob,
  stopping: AbortSignal,
  changed: (tenantId: string) => void,
): Promise<void> {
  const tenants = await tenantsOf(pool, job);
  let before = 0;
  for (const tenantId of tenants) {
    let events = 0;
    const rebuilt = await rebuildTenant(pool, tenantId, job.compare_only, async (read) => {
      events = read;
      if (stopping.aborted || !(await hear(pool, job.id, before + read))) throw new Stopped();
    });
    before += events;
    await settle(pool, job, tenantId, rebuilt);
    changed(tenantId);
  }
  await end(pool, job.id, RebuildState.DONE, "");
}

async function tenantsOf(pool: pg.Pool, { id, tenant_id: tenantId }: RebuildJob): Promise<string[]> {
  return inSystem(pool, async (client) => {
    const { rows } = await client.query<{ tenant_id: string; events: string }>(
      `select tenant_id, count(*) as events from journal where type = any($1) and ($2 = '${NIL}' or tenant_id = $2::uuid)
       group by tenant_id order by tenant_id`,
      [JOURNAL_EVENTS, tenantId],
    );
    const total = rows.reduce((sum, { events }) => sum + Number(events), 0);
    await client.query("update rebuild set event_total = $2 where id = $1", [id, total]);
    return rows.map((row) => row.tenant_id);
  });
}

/** Notes how far it is; false when it was canceled. */
async function hear(pool: pg.Pool, id: string, events: number): Promise<boolean> {
  const { rowCount } = await inSystem(pool, (client) =>
    client.query(
      `update rebuild set event_count = $2, heard_at = now() where id = $1 and state = ${RebuildState.RUNNING}`,
      [id, events],
    ),
  );
  return Boolean(rowCount);
}

async function settle(pool: pg.Pool, job: RebuildJob, tenantId: string, rebuilt: Rebuilt): Promise<void> {
  await inSystem(pool, async (client) => {
    await client.query(
      "update rebuild set difference_count = difference_count + $2, differences = (differences || $3::text[])[:5] where id = $1",
      [job.id, rebuilt.differenceCount, rebuilt.differences],
    );
    if (job.compare_only) return;
    const message = create(RebuildCompletedSchema, {
      rebuildId: job.id,
      differenceCount: BigInt(rebuilt.differenceCount),
    });
    await announce(client, tenantId, RebuildCompletedSchema, message);
  });
}

async function end(pool: pg.Pool, id: string, state: RebuildState, error: string): Promise<void> {
  await inSystem(pool, (client) =>
    client.query(
      `update rebuild set state = $2, error = $3, ended_at = now() where id = $1 and state = ${RebuildState.RUNNING}`,
      [id, state, error],
    ),
  );
}
