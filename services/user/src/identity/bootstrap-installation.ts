import { create } from "@bufbuild/protobuf";
import { ALL_PERMISSIONS, scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { ApiKeyCreatedSchema, OrganizationCreatedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import type { BootstrapInstallationRequest } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { SubscriptionPlan } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { ApiKeyEntity } from "../api-key/api-key.entity.ts";
import { insertMember } from "../member/member.repository.ts";
import { OrganizationEntity } from "../organization/organization.entity.ts";
import { toOrganization } from "../organization/organization.mapper.ts";
import { insertOrganization } from "../organization/organization.repository.ts";
import { findOrCreatePerson, requireStrong } from "../person/person.repository.ts";
import { tokenHash } from "../token/opaque-token.ts";
import type { UserParts } from "../user-parts.ts";

/** Makes the first organization with its owner, who administers the installation, and a key; nothing once there is an organization. */
export async function bootstrapInstallation(
  parts: UserParts,
  request: BootstrapInstallationRequest,
): Promise<{ created: boolean; organizationId: string }> {
  const { apiKeyId, apiKeySecret, adminEmail, adminPassword } = request;
  if ((apiKeyId === "") !== (apiKeySecret === ""))
    throw fieldInvalid("api_key_id", "needs api_key_secret, and it the id");
  if (/[:\s]/.test(apiKeyId)) throw fieldInvalid("api_key_id", "must have no colon and no blank");
  const now = parts.now();
  return parts
    .db()
    .system()
    .transactional(async (em) => {
      // Replicas that start together prepare it once.
      await em.execute("select pg_advisory_xact_lock(hashtext('coursemesh-bootstrap'))");
      const [first] = await em.find(OrganizationEntity, {}, { orderBy: { createdAt: "asc", id: "asc" }, limit: 1 });
      if (first !== undefined) return { created: false, organizationId: first.id };
      requireStrong(adminPassword);
      const passwordHash = await parts.passwords.hash(adminPassword);
      const owner = { email: adminEmail, name: adminEmail, passwordHash, platformAdministrator: true };
      const person = await findOrCreatePerson(em, owner, now);
      const given = { name: request.organizationName.trim(), slug: request.organizationSlug };
      // Whoever runs the installation has bought all of it.
      const organization = await insertOrganization(em, given, now, SubscriptionPlan.ENTERPRISE);
      const event = create(OrganizationCreatedSchema, { organization: toOrganization(organization) });
      await recordEvent(em, organization.id, OrganizationCreatedSchema, event);
      await insertMember(em, { tenantId: organization.id, person, name: person.name, role: Role.OWNER }, now);
      if (apiKeyId !== "") await insertFirstKey(em, organization.id, apiKeyId, apiKeySecret, now);
      return { created: true, organizationId: organization.id };
    });
}

async function insertFirstKey(
  em: EntityManager,
  tenantId: string,
  id: string,
  secret: string,
  now: Date,
): Promise<void> {
  em.create(ApiKeyEntity, {
    id,
    tenantId,
    name: "Installation",
    secretHash: tokenHash(secret),
    scopes: ALL_PERMISSIONS.map(scopeOf),
    rateLimitPerHour: 0,
    createdBy: "installation",
    createdAt: now,
  });
  await em.flush();
  await recordEvent(em, tenantId, ApiKeyCreatedSchema, create(ApiKeyCreatedSchema, { apiKeyId: id }));
}
