import { create } from "@bufbuild/protobuf";
import type { Database } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { InstanceCreatedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { LockMode } from "@mikro-orm/postgresql";
import { registrationNotFound } from "../errors.ts";
import { InstanceEntity } from "../instance/instance.entity.ts";
import { newInstance } from "./new-registration.ts";
import { RegistrationEntity } from "./registration.entity.ts";
import { instanceMessage } from "./registration.mapper.ts";

/**
 * Begins a new instance and makes it the current one. A request that has begun one before does nothing more.
 * @throws REGISTRATION_NOT_FOUND, REQUEST_ID_REUSED
 */
export async function createInstance(
  database: Database,
  organizationId: string,
  request: { readonly requestId: string; readonly registrationId: string },
  version: CourseVersion,
  now: Date,
): Promise<void> {
  await database.tenant(organizationId).transactional(async (em) => {
    const registration = await em.findOne(
      RegistrationEntity,
      { id: request.registrationId, tenantId: organizationId, preview: false },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (registration === null) throw registrationNotFound({ id: request.registrationId });
    const known = await em.findOne(InstanceEntity, { tenantId: organizationId, requestId: request.requestId });
    if (known && known.registrationId !== registration.id) throw requestIdReused(request.requestId);
    if (known) return;
    const order = {
      organizationId,
      requestId: request.requestId,
      courseVersionId: version.id,
      packageId: version.packageId,
    };
    const data = newInstance(order, registration.id, registration.instanceCount, now);
    em.create(InstanceEntity, data);
    registration.instanceId = data.id;
    registration.instanceCount += 1;
    registration.courseVersionId = version.id;
    registration.completion = Completion.NOT_ATTEMPTED;
    registration.success = Success.UNKNOWN;
    registration.updatedAt = now;
    await em.flush();
    const instance = await em.findOneOrFail(InstanceEntity, data.id, { refresh: true });
    const event = create(InstanceCreatedSchema, {
      registrationId: registration.id,
      instance: instanceMessage(instance),
    });
    await recordEvent(em, organizationId, InstanceCreatedSchema, event);
  });
}
