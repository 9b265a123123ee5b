import { inSystem } from "@coursemesh/platform/db/database.ts";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type pg from "pg";
import { forgetConsumers } from "../consumer/consumer-cursor.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Rows removed in one transaction. */
const CHUNK = 5_000;
const ENDED = `(${DeliveryState.DELIVERED}, ${DeliveryState.FAILED}, ${DeliveryState.CANCELED})`;

/** How long things are kept, days. */
export interface Retention {
  readonly eventDays: number;
  readonly deliveryDays: number;
}

/** Removes events and deliveries whose time is over. A delivery that still waits for its event fails with it. Answers how many events went. */
export async function prune(pool: pg.Pool, { eventDays, deliveryDays }: Retention, now = Date.now()): Promise<number> {
  const through = (now - eventDays * DAY_MS) * 1000;
  const { rows: tenants } = await inSystem(pool, (client) =>
    client.query<{ tenant_id: string }>("select tenant_id from event_clock order by tenant_id"),
  );
  let removed = 0;
  for (const { tenant_id } of tenants) {
    for (let last = CHUNK; last === CHUNK; removed += last) last = await pruneEvents(pool, tenant_id, through);
  }
  for (let last = CHUNK; last === CHUNK; ) {
    last = await inSystem(pool, async (client) => {
      const { rowCount } = await client.query(
        `delete from delivery where id in (
           select id from delivery where id < $1 and state in ${ENDED} and ended_at < $2 order by id limit ${CHUNK})`,
        [idBefore(now - deliveryDays * DAY_MS), new Date(now - deliveryDays * DAY_MS)],
      );
      return rowCount ?? 0;
    });
  }
  await inSystem(pool, forgetConsumers);
  return removed;
}

/** The mark of what is gone moves with what goes, so that a cursor before it is told and never skips. */
function pruneEvents(pool: pg.Pool, tenantId: string, through: number): Promise<number> {
  return inSystem(pool, async (client) => {
    const { rows } = await client.query<{ id: string; position: string }>(
      `delete from event where tenant_id = $1 and position in (
         select position from event where tenant_id = $1 and position <= $2 order by position limit ${CHUNK}
       ) returning id, position`,
      [tenantId, through],
    );
    if (rows.length === 0) return 0;
    const last = Math.max(...rows.map(({ position }) => Number(position)));
    await client.query("update event_clock set removed_through = greatest(removed_through, $2) where tenant_id = $1", [
      tenantId,
      last,
    ]);
    await client.query(
      `update delivery set state = ${DeliveryState.FAILED}, ended_at = now(), lease_owner = null, changed_at = clock_timestamp()
       where tenant_id = $1 and event_id = any($2) and test_data is null and state not in ${ENDED}`,
      [tenantId, rows.map(({ id }) => id)],
    );
    return rows.length;
  });
}

/** No id that was made since is below it: ids begin with the time they were made, so the primary key finds old rows. */
function idBefore(at: number): string {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
