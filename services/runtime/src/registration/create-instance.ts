import { create } from "@bufbuild/protobuf";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { InstanceCreatedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import type { CreateInstanceRequest } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { sessionOpen } from "../errors.ts";
import { InstanceEntity } from "../instance/instance.entity.ts";
import { emptyResult } from "../result/result.ts";
import type { RegistrationMaker } from "./create-registration.ts";
import { isOpen, lockInstance, lockRegistration } from "./lock-registration.ts";
import { newInstance } from "./new-registration.ts";
import { instanceMessage } from "./registration.mapper.ts";
import { originFrom, writeOrigin } from "./take-over.ts";

/** What a new instance is asked to be. */
export type InstanceWish = Pick<CreateInstanceRequest, "requestId" | "registrationId" | "keepProgress" | "unlessOpen">;

/**
 * Begins a new instance and makes it the current one. A request that has begun one before does nothing more.
 * @returns whether progress was taken over.
 * @throws REGISTRATION_NOT_FOUND, SESSION_OPEN, REQUEST_ID_REUSED
 */
export async function createInstance(
  { database, catalog }: Pick<RegistrationMaker, "database" | "catalog">,
  organizationId: string,
  request: InstanceWish,
  version: CourseVersion,
  now: Date,
): Promise<boolean> {
  return database()
    .tenant(organizationId)
    .transactional(async (em) => {
      const registration = await lockRegistration(em, organizationId, request.registrationId);
      const known = await em.findOne(InstanceEntity, { tenantId: organizationId, requestId: request.requestId });
      if (known && known.registrationId !== registration.id) throw requestIdReused(request.requestId);
      if (known) return isTakenOver(em, known.id);
      const old = await lockInstance(em, registration.instanceId);
      if (request.unlessOpen && isOpen(old, now)) throw sessionOpen({ id: registration.id });
      const order = {
        organizationId,
        requestId: request.requestId,
        courseVersionId: version.id,
        packageId: version.packageId,
      };
      const data = newInstance(order, registration.id, registration.instanceCount, now);
      const origin = request.keepProgress ? await originFrom(em, catalog, old, version.packageId) : undefined;
      const result = origin?.result ?? emptyResult;
      em.create(InstanceEntity, { ...data, ...result, currentActivity: origin?.state.current ?? "" });
      registration.instanceId = data.id;
      registration.instanceCount += 1;
      registration.courseVersionId = version.id;
      registration.completion = result.completion;
      registration.success = result.success;
      registration.updatedAt = now;
      await em.flush();
      if (origin) await writeOrigin(em, data, old.id, origin);
      const instance = await em.findOneOrFail(InstanceEntity, data.id, { refresh: true });
      const event = create(InstanceCreatedSchema, {
        registrationId: registration.id,
        instance: instanceMessage(instance),
      });
      await recordEvent(em, organizationId, InstanceCreatedSchema, event);
      return origin !== undefined;
    });
}

async function isTakenOver(em: EntityManager, instanceId: string): Promise<boolean> {
  const rows = await em.execute("select from instance_origin where instance_id = ?", [instanceId]);
  return rows.length > 0;
}
