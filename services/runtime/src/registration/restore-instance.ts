import { instanceNotFound, sessionOpen } from "../errors.ts";
import { InstanceEntity } from "../instance/instance.entity.ts";
import type { RegistrationMaker } from "./create-registration.ts";
import { isOpen, lockInstance, lockRegistration } from "./lock-registration.ts";

/** Which instance is to be the current one. */
export interface RestoreWish {
  readonly registrationId: string;
  readonly instanceId: string;
  readonly unlessOpen: boolean;
}

/**
 * Makes an earlier instance the current one, with the result it had. What was done since stays as an instance of its own.
 * @throws REGISTRATION_NOT_FOUND, INSTANCE_NOT_FOUND, SESSION_OPEN
 */
export async function restoreInstance(
  { database }: Pick<RegistrationMaker, "database">,
  organizationId: string,
  { registrationId, instanceId, unlessOpen }: RestoreWish,
  now: Date,
): Promise<void> {
  await database()
    .tenant(organizationId)
    .transactional(async (em) => {
      const registration = await lockRegistration(em, organizationId, registrationId);
      if (registration.instanceId === instanceId) return;
      const wanted = await em.findOne(InstanceEntity, { id: instanceId, registrationId, tenantId: organizationId });
      if (wanted === null) throw instanceNotFound({ id: instanceId });
      const current = await lockInstance(em, registration.instanceId);
      if (unlessOpen && isOpen(current, now)) throw sessionOpen({ id: registrationId });
      registration.instanceId = wanted.id;
      registration.courseVersionId = wanted.courseVersionId;
      registration.completion = wanted.completion;
      registration.success = wanted.success;
      registration.updatedAt = now;
      await em.flush();
    });
}
