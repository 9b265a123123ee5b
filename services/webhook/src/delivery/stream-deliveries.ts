import { setTimeout as sleep } from "node:timers/promises";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Delivery, StreamDeliveriesRequest } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type pg from "pg";
import { type DeliveryRow, SEEN_STATE, SELECT_DELIVERIES, toDelivery } from "./delivery-row.ts";

const POLL_MS = 400;
/** Well below the 15 seconds of the contract. */
const HEARTBEAT_MS = 10_000;
/** Changes are looked at again for so long, because a transaction may end later than it wrote. */
const OVERLAP_MS = 5_000;
const MOST = 500;

/** Deliveries as they change from now on, until the caller goes. A view for people: of several changes at once it may tell the last. */
export async function* streamDeliveries(
  pool: pg.Pool,
  tenantId: string,
  { endpointId, states }: StreamDeliveriesRequest,
  gone: AbortSignal,
): AsyncGenerator<{ deliveries: Delivery[] }> {
  const { rows: clock } = await pool.query<{ now: Date }>("select clock_timestamp() as now");
  const begin = clock[0]?.now ?? new Date();
  const told = new Map<string, number>();
  let newest = begin.getTime();
  let said = Number.NEGATIVE_INFINITY;
  while (!gone.aborted) {
    const since = new Date(Math.max(begin.getTime(), newest - OVERLAP_MS));
    const { rows } = await inTenant(pool, tenantId, (client) =>
      client.query<DeliveryRow>(
        `${SELECT_DELIVERIES} where d.tenant_id = $1 and d.changed_at >= $2 and ($3::uuid is null or d.endpoint_id = $3)
           and (cardinality($4::int[]) = 0 or ${SEEN_STATE} = any($4)) order by d.changed_at limit ${MOST}`,
        [tenantId, since, endpointId || null, states],
      ),
    );
    const fresh = rows.filter((row) => told.get(row.id) !== row.changed_at.getTime());
    for (const row of fresh) {
      told.set(row.id, row.changed_at.getTime());
      newest = Math.max(newest, row.changed_at.getTime());
    }
    for (const [id, at] of told) if (at < newest - 2 * OVERLAP_MS) told.delete(id);
    if (fresh.length > 0 || performance.now() - said > HEARTBEAT_MS) {
      yield { deliveries: fresh.map(toDelivery) };
      said = performance.now();
    }
    await sleep(POLL_MS, undefined, { signal: gone }).catch(() => undefined);
  }
}
