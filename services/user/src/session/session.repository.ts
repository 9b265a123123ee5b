import { randomBytes } from "node:crypto";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type EntityManager, type FilterQuery, LockMode } from "@mikro-orm/postgresql";
import { tokenHash, tokenOf } from "../token/opaque-token.ts";
import type { UserParts } from "../user-parts.ts";
import { RefreshTokenEntity, type RefreshTokenRow, SessionEntity, type SessionRow } from "./session.entity.ts";

/** The tenant of rows that belong to no organization. */
export const NIL_TENANT = "00000000-0000-0000-0000-000000000000";

/** What a session begins with. */
export type NewSession = Pick<SessionRow, "personId" | "tenantId" | "userAgent" | "ipAddress">;

/** Starts a session with its first refresh token. @param em of the system scope, in a transaction */
export async function openSession(
  em: EntityManager,
  parts: UserParts,
  given: NewSession,
): Promise<{ session: SessionRow; refreshToken: string }> {
  const now = parts.now();
  const session = em.create(SessionEntity, { ...given, id: uuidV7(), createdAt: now, expiresAt: now, endReason: "" });
  await em.flush();
  return { session, refreshToken: addRefreshToken(em, parts, session, 1) };
}

/** Adds the next link to a session's chain. @returns the token to hand out */
export function addRefreshToken(em: EntityManager, parts: UserParts, session: SessionRow, number: number): string {
  const issuedAt = parts.now();
  const expiresAt = new Date(issuedAt.getTime() + parts.config.REFRESH_TOKEN_SECONDS * 1000);
  const id = uuidV7();
  const nonce = randomBytes(16).toString("base64url");
  const token = tokenOf(parts.refreshKey, id, nonce);
  em.create(RefreshTokenEntity, {
    id,
    sessionId: session.id,
    number,
    nonce,
    tokenHash: tokenHash(token),
    issuedAt,
    expiresAt,
  });
  session.expiresAt = expiresAt;
  return token;
}

/** Exchanges the newest link of a locked session. @returns the token to hand out */
export async function exchangeNewest(em: EntityManager, parts: UserParts, session: SessionRow): Promise<string> {
  const newest = await newestToken(em, session.id);
  newest.exchangedAt = parts.now();
  return addRefreshToken(em, parts, session, newest.number + 1);
}

export async function newestToken(em: EntityManager, sessionId: string): Promise<RefreshTokenRow> {
  const [newest] = await em.find(RefreshTokenEntity, { sessionId }, { orderBy: { number: "desc" }, limit: 1 });
  if (newest === undefined) throw new Error("a session has no refresh token");
  return newest;
}

/** The session of a refresh token, locked, with the token as it is after the lock was given. Undefined for unknown tokens. */
export async function lockSessionOfToken(
  em: EntityManager,
  token: string,
): Promise<{ session: SessionRow; token: RefreshTokenRow } | undefined> {
  const found = await em.findOne(RefreshTokenEntity, { tokenHash: tokenHash(token) });
  const session = found && (await lockSession(em, found.sessionId));
  if (!found || !session) return undefined;
  await em.refresh(found);
  return { session, token: found };
}

export function lockSession(em: EntityManager, id: string): Promise<SessionRow | null> {
  return em.findOne(SessionEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Why a session ended. */
export type EndReason = "signed out" | "token used twice" | "password changed" | "membership ended";

/** Ends sessions at once: their tokens are refused from now on. @param em of the system scope */
export async function endSessions(
  em: EntityManager,
  which: FilterQuery<SessionRow>,
  endReason: EndReason,
  now: Date,
): Promise<void> {
  const where = { $and: [which, { endedAt: null }] } as FilterQuery<SessionRow>;
  await em.nativeUpdate(SessionEntity, where, { endedAt: now, endReason });
}
