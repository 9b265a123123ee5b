import { fromBinary } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type pg from "pg";
import { deleteSession } from "./delete-sessions.ts";

/** Removes the sessions of registrations that are gone. Handling an event again does nothing more. */
export function registrationDeletion(pool: pg.Pool): Subscription {
  return {
    group: "sequencing",
    types: [RegistrationDeletedSchema.typeName],
    async handle({ organizationId, payload }) {
      const { registrationId } = fromBinary(RegistrationDeletedSchema, payload?.value ?? new Uint8Array());
      const ids = await inTenant(pool, organizationId, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          "select instance_id as id from session where tenant_id = $1 and registration_id = $2",
          [organizationId, registrationId],
        );
        return rows.map(({ id }) => id);
      });
      for (const id of ids) await deleteSession(pool, organizationId, id);
    },
  };
}
