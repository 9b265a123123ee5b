import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type SessionPersonSchema,
  type SessionTokens,
  SessionTokensSchema,
} from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import type { PersonRow } from "../person/person.entity.ts";
import type { UserParts } from "../user-parts.ts";
import type { SessionRow } from "./session.entity.ts";
import { NIL_TENANT } from "./session.repository.ts";

/** The tokens a browser gets: a new access token beside the given refresh token. */
export async function toTokens(parts: UserParts, session: SessionRow, refreshToken: string): Promise<SessionTokens> {
  const organizationId = session.tenantId === NIL_TENANT ? "" : session.tenantId;
  const access = await parts.accessTokens.sign({ personId: session.personId, sessionId: session.id, organizationId });
  return create(SessionTokensSchema, {
    accessToken: access.token,
    accessExpireTime: timestampFromDate(access.expiresAt),
    refreshToken,
    refreshExpireTime: timestampFromDate(session.expiresAt),
  });
}

/** @param name what the organization calls the person, if it does. */
export function toSessionPerson(person: PersonRow, name?: string): MessageInitShape<typeof SessionPersonSchema> {
  return {
    id: person.id,
    email: person.email,
    name: name ?? person.name,
    platformAdministrator: person.platformAdministrator,
  };
}
