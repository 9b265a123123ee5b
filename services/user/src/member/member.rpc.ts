import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { etagMismatch, fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { MemberDeletedSchema, MemberUpdatedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import {
  CreateMemberRequestSchema,
  type Member,
  type MemberService,
  Role,
} from "@coursemesh/proto/coursemesh/user/v1/member_pb.ts";
import { errors } from "../errors.ts";
import { findOrCreatePerson, normalizedEmail, requireStrong } from "../person/person.repository.ts";
import { endSessions } from "../session/session.repository.ts";
import type { UserParts } from "../user-parts.ts";
import { MemberEntity, type MemberRow } from "./member.entity.ts";
import { toMember } from "./member.mapper.ts";
import { insertMember, listMembers, lockMember, requireOtherOwner } from "./member.repository.ts";
import { requireGrant } from "./role-grant.ts";

const updatable = ["name", "role", "active"] as const;

/** Who belongs to the caller's organization. */
export function memberRpc({ db, now, passwords }: UserParts): ServiceImpl<typeof MemberService> {
  return {
    async createMember(request, context) {
      const tenantId = organizationOf(context);
      const { requestId, role, password } = request;
      requireGrant(callerOf(context), role);
      if (password !== "") requireStrong(password);
      // A fast hash of the password would be a gift to whoever reads the table.
      const hash = requestHash(CreateMemberRequestSchema, request, ["password"]);
      const passwordHash = password === "" ? undefined : await passwords.hash(password);
      const name = request.name.trim();
      const row = await db()
        .system()
        .transactional(async (em) => {
          // A repeat, or another request for the same person, waits for the first.
          await em.execute("select pg_advisory_xact_lock(hashtext(?))", [tenantId]);
          const made = await em.findOne(MemberEntity, { tenantId, requestId });
          if (made && made.requestHash !== hash) throw requestIdReused(requestId);
          if (made) return made;
          const person = await findOrCreatePerson(em, { email: request.email, name, passwordHash }, now());
          if (await em.findOne(MemberEntity, { tenantId, personId: person.id }))
            throw errors.memberExists({ email: normalizedEmail(request.email) });
          return insertMember(em, { tenantId, person, name, role, requestId, requestHash: hash }, now());
        });
      return { member: toMember(row) };
    },

    async getMember({ id }, context) {
      const tenantId = organizationOf(context);
      const row = await db().tenant(tenantId).findOne(MemberEntity, { tenantId, id });
      if (row === null) throw errors.memberNotFound({ id });
      return { member: toMember(row) };
    },

    async listMembers({ page, query, roles, active }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify(["members", tenantId, query, roles, active]);
      const start = readPageRequest(page, list);
      const filter = { query, roles, active };
      const { rows, total } = await listMembers(
        db().tenant(tenantId),
        tenantId,
        filter,
        start,
        page?.withTotal ?? false,
      );
      const cut = cutPage(rows, start, list, (row) => [row.nameKey, row.id]);
      return {
        members: cut.rows.map(toMember),
        page: { nextPageToken: cut.nextPageToken, ...(total !== undefined && { total: BigInt(total) }) },
      };
    },

    async updateMember({ member, updateMask }, context) {
      if (member === undefined) throw fieldInvalid("member", "is missing");
      const tenantId = organizationOf(context);
      const caller = callerOf(context);
      const fields = readUpdateMask(updateMask, updatable);
      const change = memberChange(member, fields);
      const row = await db()
        .system()
        .transactional(async (em) => {
          const found = await lockMember(em, tenantId, member.id);
          if (found === null) throw errors.memberNotFound({ id: member.id });
          requireGrant(caller, found.role);
          if (change.role !== undefined) requireGrant(caller, change.role);
          if (member.etag !== "" && member.etag !== String(found.version)) throw etagMismatch(String(found.version));
          const before = isActiveOwner(found);
          Object.assign(found, change);
          if (before && !isActiveOwner(found)) await requireOtherOwner(em, tenantId, found.id);
          if (!found.active) await endSessions(em, { personId: found.personId, tenantId }, "membership ended", now());
          await em.flush();
          const event = create(MemberUpdatedSchema, { member: toMember(found), changedFields: [...fields] });
          await recordEvent(em, tenantId, MemberUpdatedSchema, event);
          return found;
        });
      return { member: toMember(row) };
    },

    async deleteMember({ id }, context) {
      const tenantId = organizationOf(context);
      await db()
        .system()
        .transactional(async (em) => {
          const found = await lockMember(em, tenantId, id);
          if (found === null) return;
          requireGrant(callerOf(context), found.role);
          if (isActiveOwner(found)) await requireOtherOwner(em, tenantId, id);
          await endSessions(em, { personId: found.personId, tenantId }, "membership ended", now());
          em.remove(found);
          await em.flush();
          const event = create(MemberDeletedSchema, { memberId: found.id, personId: found.personId });
          await recordEvent(em, tenantId, MemberDeletedSchema, event);
        });
      return {};
    },
  };
}

function isActiveOwner(row: MemberRow): boolean {
  return row.active && row.role === Role.OWNER;
}

function memberChange(
  member: Member,
  fields: ReadonlySet<(typeof updatable)[number]>,
): Partial<Pick<MemberRow, "name" | "role" | "active">> {
  const name = member.name.trim();
  if (fields.has("name") && (name.length < 1 || name.length > 200))
    throw fieldInvalid("member.name", "must have 1 to 200 characters");
  if (fields.has("role") && (member.role < Role.VIEWER || member.role > Role.OWNER))
    throw fieldInvalid("member.role", "must be a role");
  return {
    ...(fields.has("name") && { name }),
    ...(fields.has("role") && { role: member.role }),
    ...(fields.has("active") && { active: member.active }),
  };
}
