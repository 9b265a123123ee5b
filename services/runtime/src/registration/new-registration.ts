import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { InstanceRow } from "../instance/instance.entity.ts";
import type { RegistrationRow } from "./registration.entity.ts";

/** What a registration is made of. */
export interface RegistrationOrder {
  readonly organizationId: string;
  readonly requestId: string;
  readonly requestHash: Buffer;
  /** Empty: the registration's own id. */
  readonly externalId: string;
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly packageId: string;
  /** Row id; null makes a preview, which is in no list. */
  readonly learnerId: string | null;
  readonly source: string;
  readonly tags: readonly string[];
}

export type NewInstance = Pick<
  InstanceRow,
  "id" | "tenantId" | "registrationId" | "number" | "courseVersionId" | "packageId" | "requestId" | "createdAt"
>;
export type NewRegistration = Omit<
  RegistrationRow,
  "completion" | "success" | "instanceCount" | "firstLaunchedAt" | "lastLaunchedAt"
>;

/** A registration with its first instance. */
export function newRegistration(
  order: RegistrationOrder,
  now: Date,
): { registration: NewRegistration; instance: NewInstance } {
  const id = uuidV7();
  const instance = newInstance(order, id, 0, now);
  const registration: NewRegistration = {
    id,
    tenantId: order.organizationId,
    externalId: order.externalId === "" ? id : order.externalId,
    courseId: order.courseId,
    learnerId: order.learnerId,
    source: order.source,
    tags: [...order.tags],
    preview: order.learnerId === null,
    instanceId: instance.id,
    courseVersionId: order.courseVersionId,
    createdAt: now,
    updatedAt: now,
    requestId: order.requestId,
    requestHash: order.requestHash,
  };
  return { registration, instance };
}

/** A try of a registration, with nothing in it yet. */
export function newInstance(
  order: Pick<RegistrationOrder, "organizationId" | "requestId" | "courseVersionId" | "packageId">,
  registrationId: string,
  number: number,
  now: Date,
): NewInstance {
  return {
    id: uuidV7(),
    tenantId: order.organizationId,
    registrationId,
    number,
    courseVersionId: order.courseVersionId,
    packageId: order.packageId,
    requestId: order.requestId,
    createdAt: now,
  };
}
