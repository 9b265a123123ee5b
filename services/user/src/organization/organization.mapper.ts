import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Organization, OrganizationSchema } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import type { OrganizationRow } from "./organization.entity.ts";

/** The version of an organization that a client saw. */
export function etagOf(row: { readonly version: number }): string {
  return String(row.version);
}

export function toOrganization(row: OrganizationRow): Organization {
  const init: MessageInitShape<typeof OrganizationSchema> = {
    id: row.id,
    name: row.name,
    slug: row.slug,
    domain: row.domain,
    description: row.description,
    contact: { email: row.contactEmail, phone: row.contactPhone, address: row.contactAddress },
    branding: { logoUrl: row.logoUrl, primaryColor: row.primaryColor, secondaryColor: row.secondaryColor },
    subscription: {
      plan: row.plan,
      status: row.subscriptionStatus,
      ...(row.subscriptionExpiresAt && { expireTime: timestampFromDate(row.subscriptionExpiresAt) }),
    },
    active: row.active,
    createTime: timestampFromDate(row.createdAt),
    updateTime: timestampFromDate(row.updatedAt),
    etag: etagOf(row),
  };
  return create(OrganizationSchema, init);
}
