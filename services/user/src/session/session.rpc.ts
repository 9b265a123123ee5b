import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { callerOf } from "@coursemesh/platform/auth/caller.ts";
import { unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import { type Caller, CallerKind } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { GetSessionResponseSchema, SessionService } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { type Membership, membershipsOf } from "../member/member.repository.ts";
import { toOrganization } from "../organization/organization.mapper.ts";
import { findOrganization } from "../organization/organization.repository.ts";
import { PersonEntity, type PersonRow } from "../person/person.entity.ts";
import { findPersonByEmail, requireNew, requireStrong, setPassword } from "../person/person.repository.ts";
import { countAttempt, forgetAttempts } from "../sign-in/sign-in-attempt.repository.ts";
import type { UserParts } from "../user-parts.ts";
import { refreshSession } from "./refresh-session.ts";
import { toSessionPerson, toTokens } from "./session.mapper.ts";
import {
  endSessions,
  exchangeNewest,
  lockSession,
  lockSessionOfToken,
  NIL_TENANT,
  openSession,
} from "./session.repository.ts";

/** Signing in, staying signed in, and signing out. */
export function sessionRpc(parts: UserParts): ServiceImpl<typeof SessionService> {
  const { db, now, passwords, logger, config } = parts;
  const lockout = {
    failures: config.LOCKOUT_FAILURES,
    windowSeconds: config.LOCKOUT_WINDOW_SECONDS,
    lockSeconds: config.LOCKOUT_SECONDS,
  };

  return {
    async createSession(request) {
      const em = db().system();
      await countAttempt(em.fork(), request.email, now(), lockout);
      const person = await findPersonByEmail(em, request.email);
      const right = await passwords.verify(person?.passwordHash, request.password);
      const choice = person && right ? await chooseMembership(em, person, request.organizationSlug) : undefined;
      if (!person || choice === undefined) {
        logger.warn({ person_id: person?.id }, "a sign-in failed");
        throw errors.signInFailed();
      }
      const { session, refreshToken } = await em.fork().transactional(async (tx) => {
        await forgetAttempts(tx, request.email);
        await rememberSignIn(tx, person, choice?.organization.id ?? null, now());
        return openSession(tx, parts, {
          personId: person.id,
          tenantId: choice?.organization.id ?? NIL_TENANT,
          userAgent: request.userAgent,
          ipAddress: request.ipAddress,
        });
      });
      return {
        tokens: await toTokens(parts, session, refreshToken),
        person: toSessionPerson(person, choice?.member.name),
        ...(choice && { organization: toOrganization(choice.organization) }),
      };
    },

    refreshSession: async ({ refreshToken }) => ({ tokens: await refreshSession(parts, refreshToken) }),

    async endSession({ refreshToken }) {
      await db()
        .system()
        .transactional(async (em) => {
          const found = await lockSessionOfToken(em, refreshToken);
          if (found) await endSessions(em, { id: found.session.id }, "signed out", now());
        });
      return {};
    },

    async getSession(_request, context) {
      const caller = callerOf(context);
      const em = db().system();
      if (caller.kind !== CallerKind.PERSON) return withoutPerson(em, caller);
      const person = await em.findOne(PersonEntity, { id: caller.id });
      if (person === null) throw unauthenticated();
      const memberships = await membershipsOf(em, person.id);
      const here = memberships.find(({ organization }) => organization.id === caller.organizationId);
      return { caller, person: toSessionPerson(person, here?.member.name), memberships: memberships.map(toMembership) };
    },

    async switchOrganization(request, context) {
      const organizationId = request.organizationId.toLowerCase();
      const { id, sessionId } = personOf(context);
      const { session, refreshToken, organization } = await db()
        .system()
        .transactional(async (em) => {
          const memberships = await membershipsOf(em, id);
          const there = memberships.find((membership) => membership.organization.id === organizationId);
          if (there === undefined) throw errors.memberNotFound({ id: organizationId });
          const row = await lockSession(em, sessionId);
          if (row === null || row.endedAt !== null) throw errors.sessionEnded();
          row.tenantId = organizationId;
          const token = await exchangeNewest(em, parts, row);
          await em.nativeUpdate(PersonEntity, { id }, { lastOrganizationId: organizationId });
          return { session: row, refreshToken: token, organization: there.organization };
        });
      return { tokens: await toTokens(parts, session, refreshToken), organization: toOrganization(organization) };
    },

    async changePassword({ currentPassword, newPassword }, context) {
      const { id, sessionId } = personOf(context);
      requireStrong(newPassword);
      const em = db().system();
      const person = await em.findOne(PersonEntity, { id });
      if (person === null) throw unauthenticated();
      // Whoever found an open browser must not try passwords without end.
      await countAttempt(em.fork(), person.email, now(), lockout);
      if (!(await passwords.verify(person.passwordHash, currentPassword))) throw errors.signInFailed();
      await forgetAttempts(em.fork(), person.email);
      await requireNew(em, person, newPassword, config.PASSWORD_HISTORY, passwords);
      const passwordHash = await passwords.hash(newPassword);
      await em.fork().transactional(async (tx) => {
        await setPassword(tx, await tx.findOneOrFail(PersonEntity, { id }), passwordHash, now());
        await endSessions(tx, { personId: id, id: { $ne: sessionId } }, "password changed", now());
      });
      return {};
    },
  };
}

/** The signed-in person of a call. @throws UNAUTHENTICATED for keys and services */
function personOf(context: HandlerContext): Caller {
  const caller = callerOf(context);
  if (caller.kind !== CallerKind.PERSON || caller.sessionId === "")
    throw unauthenticated("only a person who signed in can do this");
  return caller;
}

/** Where a person will act: null for a platform administrator without organization, undefined when there is nowhere to act. */
async function chooseMembership(
  em: EntityManager,
  person: PersonRow,
  slug: string,
): Promise<Membership | null | undefined> {
  const memberships = await membershipsOf(em, person.id);
  if (slug !== "") return memberships.find(({ organization }) => organization.slug === slug);
  const last = memberships.find(({ organization }) => organization.id === person.lastOrganizationId);
  return last ?? memberships[0] ?? (person.platformAdministrator ? null : undefined);
}

async function rememberSignIn(
  em: EntityManager,
  person: PersonRow,
  lastOrganizationId: string | null,
  at: Date,
): Promise<void> {
  await em.nativeUpdate(PersonEntity, { id: person.id }, { lastSignInAt: at, lastOrganizationId });
  // Not a change of the member that anybody edits, so the version stays.
  await em.execute("update member set last_sign_in_at = ? where person_id = ? and tenant_id = ?", [
    at,
    person.id,
    lastOrganizationId ?? NIL_TENANT,
  ]);
}

/** Keys and services act in one organization, without a role. */
async function withoutPerson(
  em: EntityManager,
  caller: Caller,
): Promise<MessageInitShape<typeof GetSessionResponseSchema>> {
  const organization = caller.organizationId === "" ? null : await findOrganization(em, caller.organizationId);
  return { caller, memberships: organization ? [{ organization: toOrganization(organization) }] : [] };
}

function toMembership({ member, organization }: Membership) {
  return { organization: toOrganization(organization), role: member.role };
}
