import { create, fromBinary } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import { CourseDeletedSchema, CourseVersionDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { deleteDispatches } from "./delete-dispatches.ts";
import { updateDispatch } from "./update-dispatch.ts";

const UNPIN = new Set(["pinned_course_version_id"]);

/**
 * Dispatches go with their course. Those pinned to a version that is gone follow the course again, rather than refusing every learner.
 * Both are harmless when the event comes twice.
 */
export function deleteWithCourse(parts: DispatchParts): Subscription {
  return {
    group: "dispatch",
    types: [CourseDeletedSchema.typeName, CourseVersionDeletedSchema.typeName],
    async handle({ type, organizationId, payload }) {
      const bytes = payload?.value ?? new Uint8Array();
      if (type === CourseDeletedSchema.typeName)
        await deleteOfCourse(parts, organizationId, fromBinary(CourseDeletedSchema, bytes).courseId);
      else await unpin(parts, organizationId, fromBinary(CourseVersionDeletedSchema, bytes).courseVersionId);
    },
  };
}

async function deleteOfCourse(parts: DispatchParts, tenantId: string, courseId: string): Promise<void> {
  await inTenant(parts.pool(), tenantId, async (client) => {
    const query = "select id from dispatch where tenant_id = $1 and course_id = $2";
    const { rows } = await client.query<{ id: string }>(query, [tenantId, courseId]);
    await deleteDispatches(
      parts,
      client,
      tenantId,
      rows.map(({ id }) => id),
    );
  });
}

async function unpin(parts: DispatchParts, tenantId: string, versionId: string): Promise<void> {
  await inTenant(parts.pool(), tenantId, async (client) => {
    const query = "select id from dispatch where tenant_id = $1 and pinned_course_version_id = $2 order by id";
    const { rows } = await client.query<{ id: string }>(query, [tenantId, versionId]);
    for (const { id } of rows) await updateDispatch(parts, client, tenantId, create(DispatchSchema, { id }), UNPIN);
  });
}
