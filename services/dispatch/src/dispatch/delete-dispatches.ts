import { create } from "@bufbuild/protobuf";
import { DispatchDeletedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { lockUsage } from "../licence/lock-usage.ts";
import { REMOVE_CALLBACK, type RemoveCallback } from "./owned-endpoint.ts";

/** Removes dispatches with all that belongs to them; registrations stay. Those that are not there are left out. Answers their ids. */
export async function deleteDispatches(
  { jobs }: DispatchParts,
  client: pg.ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<string[]> {
  await lockUsage(client, ids);
  const { rows } = await client.query<{ id: string; destination_id: string; course_id: string; told: boolean }>(
    `delete from dispatch where tenant_id = $1 and id = any($2::uuid[])
     returning id, destination_id, course_id, callback is not null as told`,
    [tenantId, ids],
  );
  await client.query("delete from licence_usage where subject_id = any($1::uuid[])", [rows.map(({ id }) => id)]);
  for (const { id, destination_id, course_id, told } of rows) {
    const job: RemoveCallback = { tenantId, dispatchId: id };
    if (told) await jobs().add(REMOVE_CALLBACK, job, {}, client);
    const event = create(DispatchDeletedSchema, { dispatchId: id, destinationId: destination_id, courseId: course_id });
    await announce(client, tenantId, DispatchDeletedSchema, event);
  }
  return rows.map(({ id }) => id);
}
