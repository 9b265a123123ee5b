import { create } from "@bufbuild/protobuf";
import { permissionsOfRole } from "@coursemesh/platform/auth/permissions.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { type Caller, CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { UserParts } from "../user-parts.ts";

interface PersonInSession {
  readonly person_name: string;
  readonly platform_administrator: boolean;
  readonly member_name: string | null;
  readonly role: number | null;
}

/**
 * The caller of an access token, with the role as it is now; undefined when the token is wrong or expired, its session is over, or the
 * person may no longer act in the organization that the token names.
 */
export async function authenticateSession(
  parts: UserParts,
  token: string,
): Promise<{ caller: Caller; expiresAt: Date } | undefined> {
  const claims = await parts.accessTokens.verify(token);
  if (claims === undefined) return undefined;
  const { personId, sessionId, organizationId, expiresAt } = claims;
  const found = await inSystem(parts.db().pool, async (client) => {
    const { rows } = await client.query<PersonInSession>(
      `select p.name as person_name, p.platform_administrator, m.name as member_name, m.role
         from session s
         join person p on p.id = s.person_id
         left join organization o on o.id = nullif($3, '')::uuid and o.active and o.deleted_at is null
         left join member m on m.tenant_id = o.id and m.person_id = p.id and m.active
        where s.id = $1 and s.person_id = $2 and s.ended_at is null and s.expires_at > $4`,
      [sessionId, personId, organizationId, parts.now()],
    );
    return rows[0];
  });
  if (found === undefined || (organizationId !== "" && found.role === null)) return undefined;
  const caller = create(CallerSchema, {
    kind: CallerKind.PERSON,
    id: personId,
    organizationId,
    permissions: [...permissionsOfRole(found.role ?? 0)],
    platformAdministrator: found.platform_administrator,
    displayName: found.member_name ?? found.person_name,
    sessionId,
  });
  return { caller, expiresAt };
}
