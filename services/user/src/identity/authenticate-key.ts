import { create } from "@bufbuild/protobuf";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { type Caller, CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { permissionsOfKey } from "../api-key/api-key.mapper.ts";
import { isSecretOf } from "../token/opaque-token.ts";
import type { UserParts } from "../user-parts.ts";

interface KeyRow {
  readonly tenant_id: string;
  readonly secret_hash: string;
  readonly scopes: string[];
  readonly last_used_at: Date | null;
}

const MINUTE_MS = 60_000;

/** The caller of a key; undefined when it is unknown, wrong, revoked or expired, or its organization is off. */
export async function authenticateKey(parts: UserParts, id: string, secret: string): Promise<Caller | undefined> {
  const now = parts.now();
  const row = await inSystem(parts.db().pool, async (client) => {
    const { rows } = await client.query<KeyRow>(
      `select k.tenant_id, k.secret_hash, k.scopes, k.last_used_at
         from api_key k join organization o on o.id = k.tenant_id and o.active and o.deleted_at is null
        where k.id = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2)`,
      [id, now],
    );
    const [found] = rows;
    if (found === undefined || !isSecretOf(found.secret_hash, secret)) return undefined;
    const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
    // Once a minute at most, so that a busy key does not become a hot row.
    if (found.last_used_at === null || found.last_used_at < minute)
      await client.query("update api_key set last_used_at = $2 where id = $1", [id, minute]);
    return found;
  });
  if (row === undefined) return undefined;
  return create(CallerSchema, {
    kind: CallerKind.API_KEY,
    id,
    organizationId: row.tenant_id,
    permissions: permissionsOfKey(row.scopes),
    displayName: id,
  });
}
