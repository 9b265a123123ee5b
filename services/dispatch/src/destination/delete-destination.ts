import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { DestinationDeletedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { announce } from "../announce.ts";
import { deleteDispatches } from "../dispatch/delete-dispatches.ts";
import type { DispatchParts } from "../dispatch-parts.ts";

/** Removes a destination with its dispatches. Absent is success. */
export async function deleteDestination(parts: DispatchParts, tenantId: string, id: string): Promise<void> {
  await inTenant(parts.pool(), tenantId, async (client) => {
    // Its usage first, as in every admission; no dispatch can come to a destination that is held.
    await client.query("select from licence_usage where tenant_id = $1 and subject_id = $2 for update", [tenantId, id]);
    const held = "select from destination where tenant_id = $1 and id = $2 for update";
    if (!(await client.query(held, [tenantId, id])).rowCount) return;
    const { rows } = await client.query<{ id: string }>("select id from dispatch where destination_id = $1", [id]);
    await deleteDispatches(
      parts,
      client,
      tenantId,
      rows.map((row) => row.id),
    );
    await client.query("delete from destination where tenant_id = $1 and id = $2", [tenantId, id]);
    await client.query("delete from licence_usage where subject_id = $1", [id]);
    const event = create(DestinationDeletedSchema, { destinationId: id });
    await announce(client, tenantId, DestinationDeletedSchema, event);
  });
}
