import { type EntityManager, LockMode } from "@mikro-orm/postgresql";
import { registrationNotFound } from "../errors.ts";
import { InstanceEntity, type InstanceRow } from "../instance/instance.entity.ts";
import { RegistrationEntity, type RegistrationRow } from "./registration.entity.ts";

/** A session counts as open for this long after the last that was heard of it. */
const SESSION_MS = 2 * 60 * 1000;

/** A registration that nobody else changes until the transaction ends. @throws REGISTRATION_NOT_FOUND */
export async function lockRegistration(
  em: EntityManager,
  organizationId: string,
  id: string,
): Promise<RegistrationRow> {
  const registration = await em.findOne(
    RegistrationEntity,
    { id, tenantId: organizationId, preview: false },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (registration === null) throw registrationNotFound({ id });
  return registration;
}

/** An instance whose journal nobody extends until the transaction ends. */
export function lockInstance(em: EntityManager, id: string): Promise<InstanceRow> {
  return em.findOneOrFail(InstanceEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Whether the learner has an instance open now: a launch holds its lease and was heard of lately. */
export function isOpen(
  instance: Pick<InstanceRow, "leaseLaunchId" | "lastAccessAt"> | null | undefined,
  now: Date,
): boolean {
  const heard = instance?.lastAccessAt;
  return Boolean(instance?.leaseLaunchId && heard && now.getTime() - heard.getTime() < SESSION_MS);
}
