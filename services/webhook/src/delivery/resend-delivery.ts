import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import type { DeliveryRow } from "./delivery-row.ts";
import { requireDelivery } from "./list-deliveries.ts";

/**
 * Queues a delivery anew, whatever became of it. What is being sent at this moment is not disturbed.
 * @throws DELIVERY_NOT_FOUND, EVENT_NOT_FOUND, REQUEST_ID_REUSED
 */
export async function resendDelivery(
  client: pg.ClientBase,
  tenantId: string,
  requestId: string,
  id: string,
): Promise<DeliveryRow> {
  const row = await requireDelivery(client, tenantId, id);
  if (row.test_data === null) {
    const { rowCount } = await client.query("select from event where tenant_id = $1 and id = $2", [
      tenantId,
      row.event_id,
    ]);
    if (!rowCount) throw errors.eventNotFound({ id: row.event_id });
  }
  const { rowCount: isNew } = await client.query(
    "insert into resend (tenant_id, request_id, delivery_id) values ($1, $2, $3) on conflict do nothing",
    [tenantId, requestId, id],
  );
  if (!isNew) {
    const { rows } = await client.query<{ delivery_id: string }>(
      "select delivery_id from resend where tenant_id = $1 and request_id = $2",
      [tenantId, requestId],
    );
    if (rows[0]?.delivery_id !== id) throw requestIdReused(requestId);
    return row;
  }
  await client.query("select from endpoint_queue where endpoint_id = $1 for update", [row.endpoint_id]);
  await client.query(
    `update delivery set state = ${DeliveryState.QUEUED}, tries = 0, to_fallback = false, next_attempt_at = now(), ended_at = null,
       changed_at = clock_timestamp() where id = $1 and lease_owner is null`,
    [id],
  );
  await client.query("select wake_endpoints(array[$1::uuid])", [row.endpoint_id]);
  return requireDelivery(client, tenantId, id);
}

/** Gives deliveries up that have not ended. @param where condition on `delivery`, with `$1` for its value. */
export async function cancelDeliveries(client: pg.ClientBase, where: string, value: string): Promise<number> {
  const { rowCount } = await client.query(
    `update delivery set state = ${DeliveryState.CANCELED}, lease_owner = null, ended_at = now(), changed_at = clock_timestamp()
     where ${where} and state in (${DeliveryState.QUEUED}, ${DeliveryState.RETRYING})`,
    [value],
  );
  return rowCount ?? 0;
}
