import { create } from "@bufbuild/protobuf";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointStatus, MissedEvents } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EndpointUpdatedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
import { requireEndpoint } from "./endpoint.repository.ts";
import { type EndpointRow, toEndpoint } from "./endpoint-row.ts";

/** What a switch is turned to. */
export type SwitchTo = { readonly on: false } | { readonly on: true; readonly missed: MissedEvents };

/**
 * Turns deliveries on or off. Turning on decides what becomes of what waited: it is delivered at once, or canceled. Turning to where it is
 * already changes nothing. @throws ENDPOINT_NOT_FOUND
 */
export async function switchEndpoint(
  client: pg.ClientBase,
  key: Buffer,
  tenantId: string,
  id: string,
  to: SwitchTo,
): Promise<{ row: EndpointRow; missedCount: number }> {
  const row = await requireEndpoint(client, tenantId, id, true);
  const isOn = row.status === EndpointStatus.ACTIVE;
  if (to.on ? isOn : row.status === EndpointStatus.DISABLED) return { row, missedCount: 0 };
  row.status = to.on ? EndpointStatus.ACTIVE : EndpointStatus.DISABLED;
  row.status_reason = to.on ? "" : "A person switched it off.";
  row.version += 1;
  row.updated_at = new Date();
  await client.query(
    "update endpoint set status = $2, status_reason = $3, version = $4, updated_at = $5 where id = $1",
    [id, row.status, row.status_reason, row.version, row.updated_at],
  );
  const missedCount = to.on ? await release(client, id, to.missed) : 0;
  if (to.on) row.failing_since = null;
  const event = create(EndpointUpdatedSchema, { endpoint: toEndpoint(row, key), changedFields: ["status"] });
  await announce(client, tenantId, EndpointUpdatedSchema, event);
  return { row, missedCount };
}

async function release(client: pg.ClientBase, id: string, missed: MissedEvents): Promise<number> {
  await client.query(
    "update endpoint_queue set wake_at = now(), paused_until = null, failing_since = null where endpoint_id = $1",
    [id],
  );
  const open = `endpoint_id = $1 and state in (${DeliveryState.QUEUED}, ${DeliveryState.RETRYING})`;
  const { rowCount } =
    missed === MissedEvents.DROP
      ? await client.query(
          `update delivery set state = ${DeliveryState.CANCELED}, lease_owner = null, ended_at = now(), changed_at = clock_timestamp() where ${open}`,
          [id],
        )
      : await client.query(
          `update delivery set next_attempt_at = least(next_attempt_at, now()), tries = 0, changed_at = clock_timestamp() where ${open} and lease_owner is null`,
          [id],
        );
  return rowCount ?? 0;
}
