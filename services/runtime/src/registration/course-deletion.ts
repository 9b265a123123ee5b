import { fromBinary } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type pg from "pg";
import { deleteRegistrations } from "./delete-registrations.ts";

const BATCH = 200;

/** Removes the registrations of courses that are gone. An event that was handled before does nothing more. */
export function courseDeletion(pool: pg.Pool): Subscription {
  return {
    group: "runtime",
    types: [CourseDeletedSchema.typeName],
    async handle(event) {
      const { courseId } = fromBinary(CourseDeletedSchema, event.payload?.value ?? new Uint8Array());
      const { organizationId } = event;
      for (let more = true; more; ) {
        more = await inTenant(pool, organizationId, async (client) => {
          const handled = await client.query("select 1 from handled_event where id = $1", [event.id]);
          if (handled.rowCount) return false;
          const { rows } = await client.query<{ id: string }>(
            "select id from registration where tenant_id = $1 and course_id = $2 limit $3",
            [organizationId, courseId, BATCH],
          );
          const ids = rows.map((row) => row.id);
          await deleteRegistrations(client, organizationId, ids);
          if (ids.length === BATCH) return true;
          await client.query("insert into handled_event (id, tenant_id) values ($1, $2) on conflict do nothing", [
            event.id,
            organizationId,
          ]);
          return false;
        });
      }
    },
  };
}
