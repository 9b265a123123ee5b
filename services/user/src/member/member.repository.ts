import { create } from "@bufbuild/protobuf";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { orderByOf, rowsAfter, type SortColumn } from "@coursemesh/platform/page/keyset.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { MemberCreatedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { type EntityManager, type FilterQuery, LockMode } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import type { OrganizationRow } from "../organization/organization.entity.ts";
import { OrganizationEntity } from "../organization/organization.entity.ts";
import { lockOrganization } from "../organization/organization.repository.ts";
import type { PersonRow } from "../person/person.entity.ts";
import { MemberEntity, type MemberRow } from "./member.entity.ts";
import { toMember } from "./member.mapper.ts";

/** By name. */
export const memberOrder: readonly SortColumn[] = [
  { property: "nameKey", direction: "asc" },
  { property: "id", direction: "asc" },
];

export interface NewMember {
  readonly tenantId: string;
  readonly person: PersonRow;
  readonly name: string;
  readonly role: Role;
  readonly requestId?: string;
  readonly requestHash?: string;
}

/** Adds a member and announces it. @param em in a transaction */
export async function insertMember(em: EntityManager, given: NewMember, now: Date): Promise<MemberRow> {
  const row = em.create(MemberEntity, {
    id: uuidV7(),
    tenantId: given.tenantId,
    personId: given.person.id,
    email: given.person.email,
    name: given.name,
    nameKey: "",
    role: given.role,
    active: true,
    version: 1,
    createdAt: now,
    requestId: given.requestId ?? null,
    requestHash: given.requestHash ?? null,
  });
  await em.flush();
  await recordEvent(em, given.tenantId, MemberCreatedSchema, create(MemberCreatedSchema, { member: toMember(row) }));
  return row;
}

/** A member kept from changing until the transaction ends. */
export function lockMember(em: EntityManager, tenantId: string, id: string): Promise<MemberRow | null> {
  return em.findOne(MemberEntity, { tenantId, id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/**
 * Makes sure that an organization keeps an active owner without this member. Locks the organization, so that two owners cannot leave
 * at the same moment, each counting on the other. @param em in a transaction. @throws LAST_OWNER
 */
export async function requireOtherOwner(em: EntityManager, tenantId: string, memberId: string): Promise<void> {
  await lockOrganization(em, tenantId);
  const others = await em.count(MemberEntity, { tenantId, role: Role.OWNER, active: true, id: { $ne: memberId } });
  if (others === 0) throw errors.lastOwner();
}

/** Which members a list shows. */
export interface MemberFilter {
  readonly query: string;
  readonly roles: readonly Role[];
  readonly active: boolean | undefined;
}

/** One row more than the page has, by name. */
export async function listMembers(
  em: EntityManager,
  tenantId: string,
  filter: MemberFilter,
  start: PageStart,
  withTotal: boolean,
): Promise<{ rows: MemberRow[]; total: number | undefined }> {
  const where: FilterQuery<MemberRow> = { tenantId };
  if (filter.roles.length > 0) where.role = { $in: [...filter.roles] };
  if (filter.active !== undefined) where.active = filter.active;
  if (filter.query !== "") {
    const pattern = containing(filter.query.toLowerCase());
    where.$or = [{ nameKey: { $like: pattern } }, { email: { $like: pattern } }];
  }
  const page = { $and: [where, rowsAfter(memberOrder, start.after)] } as FilterQuery<MemberRow>;
  const rows = await em.find(MemberEntity, page, { orderBy: orderByOf(memberOrder), limit: start.limit + 1 });
  return { rows, total: withTotal ? await em.count(MemberEntity, where) : undefined };
}

/** One organization a person may act in. */
export interface Membership {
  readonly member: MemberRow;
  readonly organization: OrganizationRow;
}

/** Where a person may act: active memberships of active organizations, by name. @param em of the system scope */
export async function membershipsOf(em: EntityManager, personId: string): Promise<Membership[]> {
  const members = await em.find(MemberEntity, { personId, active: true });
  const organizations = await em.find(
    OrganizationEntity,
    { id: { $in: members.map((member) => member.tenantId) }, active: true, deletedAt: null },
    { orderBy: { nameKey: "asc", id: "asc" } },
  );
  return organizations.flatMap((organization) => {
    const member = members.find((candidate) => candidate.tenantId === organization.id);
    return member ? [{ member, organization }] : [];
  });
}
