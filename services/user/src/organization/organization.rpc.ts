import { create } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import {
  etagMismatch,
  fieldInvalid,
  permissionMissing,
  requestIdReused,
} from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import {
  OrganizationCreatedSchema,
  OrganizationUpdatedSchema,
} from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { Role } from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import {
  type CreateOrganizationRequest,
  CreateOrganizationRequestSchema,
  type OrganizationService,
} from "@coursemesh/proto/coursemesh/user/v1/organization_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { insertMember, membershipsOf } from "../member/member.repository.ts";
import { PersonEntity, type PersonRow } from "../person/person.entity.ts";
import { findOrCreatePerson } from "../person/person.repository.ts";
import type { UserParts } from "../user-parts.ts";
import { OrganizationEntity, type OrganizationRow } from "./organization.entity.ts";
import { etagOf, toOrganization } from "./organization.mapper.ts";
import {
  findOrganization,
  flushSlug,
  insertOrganization,
  listOrganizations,
  lockOrganization,
} from "./organization.repository.ts";
import { organizationChange, organizationFields } from "./organization-changes.ts";

/** Organizations: a tenant's own, and all of them for platform administrators. */
export function organizationRpc({ db, now }: UserParts): ServiceImpl<typeof OrganizationService> {
  return {
    async createOrganization(request, context) {
      const hash = requestHash(CreateOrganizationRequestSchema, request);
      const row = await db()
        .system()
        .transactional(async (em) => {
          // A repeat that comes while the first is still at work waits for it.
          await em.execute("select pg_advisory_xact_lock(hashtext(?))", [request.requestId]);
          const made = await em.findOne(OrganizationEntity, { requestId: request.requestId });
          if (made && made.requestHash !== hash) throw requestIdReused(request.requestId);
          if (made) return made;
          const owner = await ownerOf(em, request, callerOf(context), now());
          const organization = await insertOrganization(em, { ...columnsOf(request), requestHash: hash }, now());
          await recordEvent(
            em,
            organization.id,
            OrganizationCreatedSchema,
            create(OrganizationCreatedSchema, { organization: toOrganization(organization) }),
          );
          await insertMember(
            em,
            { tenantId: organization.id, person: owner, name: owner.name, role: Role.OWNER },
            now(),
          );
          return organization;
        });
      return { organization: toOrganization(row) };
    },

    async getOrganization(request, context) {
      const id = visibleId(request.id, context);
      const row = await db()
        .tenant(id)
        .transactional((em) => findOrganization(em, id));
      if (row === null) throw errors.organizationNotFound({ id });
      return { organization: toOrganization(row) };
    },

    async listOrganizations({ page, query }, context) {
      const caller = callerOf(context);
      const list = JSON.stringify(["organizations", caller.id, query]);
      const start = readPageRequest(page, list);
      const em = db().system();
      const filter = { ids: await idsVisibleTo(em, caller), query };
      const { rows, total } = await listOrganizations(em, filter, start, page?.withTotal ?? false);
      const cut = cutPage(rows, start, list, (row) => [row.nameKey, row.id]);
      return {
        organizations: cut.rows.map(toOrganization),
        page: { nextPageToken: cut.nextPageToken, ...(total !== undefined && { total: BigInt(total) }) },
      };
    },

    async updateOrganization({ organization, updateMask }, context) {
      if (organization === undefined) throw fieldInvalid("organization", "is missing");
      const id = visibleId(organization.id, context);
      const fields = readUpdateMask(updateMask, organizationFields);
      if (fields.has("active")) requireOtherOrganization(callerOf(context), id);
      const change = organizationChange(organization, fields);
      const row = await db()
        .tenant(id)
        .transactional(async (em) => {
          const found = await lockOrganization(em, id);
          if (found === null) throw errors.organizationNotFound({ id });
          if (organization.etag !== "" && organization.etag !== etagOf(found)) throw etagMismatch(etagOf(found));
          Object.assign(found, change, { updatedAt: now() });
          await flushSlug(em, found.slug);
          await announceUpdate(em, found, [...fields]);
          return found;
        });
      return { organization: toOrganization(row) };
    },

    async deleteOrganization({ id }, context) {
      // Another tenant's organization is as absent as one that never was.
      if (id.toLowerCase() !== organizationOf(context)) return {};
      await db()
        .tenant(id)
        .transactional(async (em) => {
          const found = await lockOrganization(em, id);
          if (found === null) return;
          // Its members and keys are refused from now on; the rows go, and OrganizationDeleted is announced, after the grace period.
          Object.assign(found, { deletedAt: now(), updatedAt: now(), active: false });
          await em.flush();
          await announceUpdate(em, found, ["active"]);
        });
      return {};
    },
  };
}

function columnsOf(request: CreateOrganizationRequest) {
  return {
    name: request.name.trim(),
    slug: request.slug,
    domain: request.domain,
    description: request.description,
    contactEmail: request.contact?.email ?? "",
    contactPhone: request.contact?.phone ?? "",
    contactAddress: request.contact?.address ?? "",
    logoUrl: request.branding?.logoUrl ?? "",
    primaryColor: request.branding?.primaryColor ?? "",
    secondaryColor: request.branding?.secondaryColor ?? "",
    requestId: request.requestId,
  };
}

async function ownerOf(
  em: EntityManager,
  request: CreateOrganizationRequest,
  caller: Caller,
  now: Date,
): Promise<PersonRow> {
  const email = request.ownerEmail;
  if (email !== "") return findOrCreatePerson(em, { email, name: email, passwordHash: undefined }, now);
  const person = caller.kind === CallerKind.PERSON ? await em.findOne(PersonEntity, { id: caller.id }) : null;
  if (person === null) throw fieldInvalid("owner_email", "is needed when the caller is not a person");
  return person;
}

/** The organization a request is about: the caller's own, or any for platform administrators. */
function visibleId(given: string, context: HandlerContext): string {
  const own = organizationOf(context);
  const asked = given.toLowerCase();
  if (asked === "" || asked === own) return own;
  if (!callerOf(context).platformAdministrator) throw errors.organizationNotFound({ id: asked });
  return asked;
}

/** Undefined: all of them. */
async function idsVisibleTo(em: EntityManager, caller: Caller): Promise<string[] | undefined> {
  if (caller.platformAdministrator) return undefined;
  if (caller.kind === CallerKind.PERSON)
    return (await membershipsOf(em, caller.id)).map(({ organization }) => organization.id);
  return caller.organizationId === "" ? [] : [caller.organizationId];
}

/** Switching an organization off is for platform administrators, from another one: nobody could switch their own on again. */
function requireOtherOrganization(caller: Caller, id: string): void {
  if (!caller.platformAdministrator) throw permissionMissing("platform");
  if (caller.organizationId === id) throw fieldInvalid("organization.active", "cannot be changed from within");
}

async function announceUpdate(em: EntityManager, row: OrganizationRow, changedFields: string[]): Promise<void> {
  const event = create(OrganizationUpdatedSchema, { organization: toOrganization(row), changedFields });
  await recordEvent(em, row.id, OrganizationUpdatedSchema, event);
}
