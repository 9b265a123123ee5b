import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Organization } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import type { OrganizationRow } from "./organization.entity.ts";

/** Columns an update may write. */
type Change = Partial<Omit<OrganizationRow, "id" | "tenantId" | "version">>;

const contactEmail = ({ contact }: Organization): Change => ({ contactEmail: contact?.email ?? "" });
const contactPhone = ({ contact }: Organization): Change => ({ contactPhone: contact?.phone ?? "" });
const contactAddress = ({ contact }: Organization): Change => ({ contactAddress: contact?.address ?? "" });
const logoUrl = ({ branding }: Organization): Change => ({ logoUrl: branding?.logoUrl ?? "" });
const primaryColor = ({ branding }: Organization): Change => ({ primaryColor: branding?.primaryColor ?? "" });
const secondaryColor = ({ branding }: Organization): Change => ({ secondaryColor: branding?.secondaryColor ?? "" });

/** Which columns each field of `update_mask` writes. */
const changes = {
  name: ({ name }) => ({ name: text("name", name.trim(), 1, 200) }),
  slug: ({ slug }) => ({ slug: slugText(slug) }),
  domain: ({ domain }) => ({ domain: text("domain", domain, 0, 253) }),
  description: ({ description }) => ({ description: text("description", description, 0, 4000) }),
  contact: (it) => ({ ...contactEmail(it), ...contactPhone(it), ...contactAddress(it) }),
  "contact.email": contactEmail,
  "contact.phone": contactPhone,
  "contact.address": contactAddress,
  branding: (it) => ({ ...logoUrl(it), ...primaryColor(it), ...secondaryColor(it) }),
  "branding.logo_url": logoUrl,
  "branding.primary_color": primaryColor,
  "branding.secondary_color": secondaryColor,
  active: ({ active }) => ({ active }),
} as const satisfies Record<string, (organization: Organization) => Change>;

export type OrganizationField = keyof typeof changes;

/** What may be named in `update_mask`. */
export const organizationFields = Object.keys(changes) as OrganizationField[];

/** The columns an update writes. @throws FIELD_INVALID */
export function organizationChange(organization: Organization, fields: Iterable<OrganizationField>): Change {
  return Object.assign({}, ...[...fields].map((field) => changes[field](organization)));
}

function text(field: string, value: string, min: number, max: number): string {
  if (value.length < min || value.length > max)
    throw fieldInvalid(`organization.${field}`, `must have ${min} to ${max} characters`);
  return value;
}

function slugText(slug: string): string {
  if (!/^[a-z0-9-]{3,100}$/.test(slug))
    throw fieldInvalid("organization.slug", "must have 3 to 100 lower-case letters, digits or hyphens");
  return slug;
}
