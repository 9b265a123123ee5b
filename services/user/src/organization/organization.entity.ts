import type { SubscriptionPlan, SubscriptionStatus } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const OrganizationEntity = defineEntity({
  name: "Organization",
  tableName: "organization",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    name: p.text(),
    nameKey: p.text().persist(false),
    slug: p.text(),
    domain: p.text(),
    description: p.text(),
    contactEmail: p.text(),
    contactPhone: p.text(),
    contactAddress: p.text(),
    logoUrl: p.text(),
    primaryColor: p.text(),
    secondaryColor: p.text(),
    plan: p.integer().$type<SubscriptionPlan>(),
    subscriptionStatus: p.integer().$type<SubscriptionStatus>(),
    subscriptionExpiresAt: p.datetime().nullable(),
    active: p.boolean(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    deletedAt: p.datetime().nullable(),
    requestId: p.uuid().nullable(),
    requestHash: p.text().nullable(),
  },
});

/** A tenant as the database keeps it; its id is its tenant id. */
export type OrganizationRow = InferEntity<typeof OrganizationEntity>;
