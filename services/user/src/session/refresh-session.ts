import type { SessionTokens } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { membershipsOf } from "../member/member.repository.ts";
import { tokenOf } from "../token/opaque-token.ts";
import type { UserParts } from "../user-parts.ts";
import { refreshDecision } from "./refresh-decision.ts";
import type { SessionRow } from "./session.entity.ts";
import { toTokens } from "./session.mapper.ts";
import {
  type EndReason,
  endSessions,
  exchangeNewest,
  lockSessionOfToken,
  NIL_TENANT,
  newestToken,
} from "./session.repository.ts";

/** Exchanges a refresh token, or ends its session. @throws SESSION_ENDED */
export async function refreshSession(parts: UserParts, refreshToken: string): Promise<SessionTokens> {
  // What ends a session has to be kept, so the transaction answers rather than throws.
  const next = await parts
    .db()
    .system()
    .transactional((em) => exchange(em, parts, refreshToken));
  if (next === undefined) throw errors.sessionEnded();
  return toTokens(parts, next.session, next.refreshToken);
}

async function exchange(
  em: EntityManager,
  parts: UserParts,
  presented: string,
): Promise<{ session: SessionRow; refreshToken: string } | undefined> {
  const found = await lockSessionOfToken(em, presented);
  if (found === undefined) return undefined;
  const { session, token } = found;
  const newest = await newestToken(em, session.id);
  const decision = refreshDecision({
    now: parts.now(),
    sessionEnded: session.endedAt !== null,
    token: { number: token.number, expiresAt: token.expiresAt, exchangedAt: token.exchangedAt ?? null },
    newestNumber: newest.number,
    graceSeconds: parts.config.REFRESH_GRACE_SECONDS,
  });
  const end = async (reason: EndReason): Promise<undefined> => {
    parts.logger.warn({ session_id: session.id, person_id: session.personId, reason }, "a session was ended");
    await endSessions(em, { id: session.id }, reason, parts.now());
  };
  if (decision === "ended") return undefined;
  if (decision === "reuse") return end("token used twice");
  if (!(await mayGoOn(em, session))) return end("membership ended");
  const refreshToken =
    decision === "repeat"
      ? tokenOf(parts.refreshKey, newest.id, newest.nonce)
      : await exchangeNewest(em, parts, session);
  return { session, refreshToken };
}

/** Whether the person may still act in the session's organization. */
async function mayGoOn(em: EntityManager, session: SessionRow): Promise<boolean> {
  if (session.tenantId === NIL_TENANT) return true;
  const memberships = await membershipsOf(em, session.personId);
  return memberships.some(({ organization }) => organization.id === session.tenantId);
}
