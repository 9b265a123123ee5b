import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { orderByOf, rowsAfter, type SortColumn } from "@coursemesh/platform/page/keyset.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { SubscriptionPlan, SubscriptionStatus } from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import {
  type EntityManager,
  type FilterQuery,
  LockMode,
  UniqueConstraintViolationException,
} from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { OrganizationEntity, type OrganizationRow } from "./organization.entity.ts";

/** By name. */
export const organizationOrder: readonly SortColumn[] = [
  { property: "nameKey", direction: "asc" },
  { property: "id", direction: "asc" },
];

/** What an organization begins with; the rest is empty. */
export type NewOrganization = Pick<OrganizationRow, "name" | "slug"> &
  Partial<
    Pick<
      OrganizationRow,
      | "domain"
      | "description"
      | "contactEmail"
      | "contactPhone"
      | "contactAddress"
      | "logoUrl"
      | "primaryColor"
      | "secondaryColor"
      | "requestId"
      | "requestHash"
    >
  >;

/** @param em of the system scope, in a transaction. @throws ORGANIZATION_SLUG_TAKEN */
export async function insertOrganization(
  em: EntityManager,
  given: NewOrganization,
  now: Date,
  plan: SubscriptionPlan = SubscriptionPlan.FREE,
): Promise<OrganizationRow> {
  const id = uuidV7();
  const row = em.create(OrganizationEntity, {
    domain: "",
    description: "",
    contactEmail: "",
    contactPhone: "",
    contactAddress: "",
    logoUrl: "",
    primaryColor: "",
    secondaryColor: "",
    ...given,
    id,
    tenantId: id,
    nameKey: "",
    plan,
    subscriptionStatus: SubscriptionStatus.ACTIVE,
    active: true,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await flushSlug(em, given.slug);
  return row;
}

/** Writes an organization whose slug may have been taken meanwhile. @throws ORGANIZATION_SLUG_TAKEN */
export async function flushSlug(em: EntityManager, slug: string): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && error.message.includes("organization_slug_key"))
      throw errors.organizationSlugTaken({ slug });
    throw error;
  }
}

/** An organization that was not deleted. */
export function findOrganization(em: EntityManager, id: string): Promise<OrganizationRow | null> {
  return em.findOne(OrganizationEntity, { id, deletedAt: null });
}

/** The same, kept from changing until the transaction ends. */
export function lockOrganization(em: EntityManager, id: string): Promise<OrganizationRow | null> {
  return em.findOne(
    OrganizationEntity,
    { id, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
}

/** Which organizations a list shows. */
export interface OrganizationFilter {
  /** Undefined: all of the installation. */
  readonly ids: readonly string[] | undefined;
  readonly query: string;
}

/** One row more than the page has, by name. @param em of the system scope */
export async function listOrganizations(
  em: EntityManager,
  filter: OrganizationFilter,
  start: PageStart,
  withTotal: boolean,
): Promise<{ rows: OrganizationRow[]; total: number | undefined }> {
  const where: FilterQuery<OrganizationRow> = { deletedAt: null };
  if (filter.ids !== undefined) where.id = { $in: [...filter.ids] };
  if (filter.query !== "") {
    const pattern = containing(filter.query.toLowerCase());
    where.$or = [{ nameKey: { $like: pattern } }, { slug: { $like: pattern } }];
  }
  const page = { $and: [where, rowsAfter(organizationOrder, start.after)] } as FilterQuery<OrganizationRow>;
  const rows = await em.find(OrganizationEntity, page, {
    orderBy: orderByOf(organizationOrder),
    limit: start.limit + 1,
  });
  return { rows, total: withTotal ? await em.count(OrganizationEntity, where) : undefined };
}
