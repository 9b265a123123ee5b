import { create } from "@bufbuild/protobuf";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type pg from "pg";
import { writeOutbox } from "../launch/write-outbox.ts";
import { forgetRegistrations } from "../sequencing/forget-sessions.ts";

/**
 * Removes registrations with all that belongs to them and announces it, in the caller's transaction. A player that is still open finds
 * its launch gone. Absent ones are left out.
 * @param ids at most a few hundred.
 */
export async function deleteRegistrations(
  client: pg.ClientBase,
  organizationId: string,
  ids: readonly string[],
): Promise<void> {
  // Instances first, as everywhere: an append in progress holds its instance.
  const instances = await client.query<{ id: string }>(
    "select id from instance where registration_id = any($1) and tenant_id = $2 order by id for update",
    [ids, organizationId],
  );
  const launches = await client.query<{ id: string }>("select id from launch where registration_id = any($1)", [ids]);
  await forgetRegistrations(client, ids);
  const launchIds = launches.rows.map((row) => row.id);
  await client.query("delete from journal_segment where launch_id = any($1)", [launchIds]);
  await client.query("delete from sequencing_answer where launch_id = any($1)", [launchIds]);
  await client.query("delete from activity_state where instance_id = any($1)", [instances.rows.map((row) => row.id)]);
  const { rows } = await client.query<{ id: string; external_id: string; preview: boolean }>(
    "delete from registration where id = any($1) and tenant_id = $2 returning id, external_id, preview",
    [ids, organizationId],
  );
  const announced = rows.filter((row) => !row.preview);
  const events = announced.map((row) =>
    outboxRow(
      organizationId,
      RegistrationDeletedSchema,
      create(RegistrationDeletedSchema, { registrationId: row.id, externalId: row.external_id }),
    ),
  );
  await writeOutbox(client, events);
}
