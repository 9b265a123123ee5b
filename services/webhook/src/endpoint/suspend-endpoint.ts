import { create } from "@bufbuild/protobuf";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { EndpointStatus } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EndpointSuspendedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
import { type EndpointRow, toEndpoint } from "./endpoint-row.ts";

/** Stops deliveries to an endpoint that is on and tells its organization; one that is off stays as it is. */
export async function suspendEndpoint(client: pg.ClientBase, key: Buffer, id: string, reason: string): Promise<void> {
  const { rows } = await client.query<EndpointRow>(
    `update endpoint set status = ${EndpointStatus.SUSPENDED}, status_reason = $2, version = version + 1, updated_at = now()
     where id = $1 and status = ${EndpointStatus.ACTIVE} returning *`,
    [id, reason],
  );
  const [row] = rows;
  if (row === undefined) return;
  await client.query("update endpoint_queue set wake_at = 'infinity' where endpoint_id = $1", [id]);
  const event = create(EndpointSuspendedSchema, { endpoint: toEndpoint(row, key), reason });
  await announce(client, row.tenant_id, EndpointSuspendedSchema, event);
}
