import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type SigningKey,
  SigningKeySchema,
  type SigningKeyService,
} from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { insertKey, lockKeys } from "./signing-keys.ts";

interface SigningKeyRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly sealed: string;
  readonly current: boolean;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
  readonly package_count?: string;
}

const SELECT_KEYS = `select k.*, (select count(*) from package p where p.tenant_id = k.tenant_id and p.signing_key_id = k.id
  and p.dispatch_id is not null) as package_count from signing_key k`;

/** SigningKeyService. */
export function signingKeyRpc(parts: DispatchParts): ServiceImpl<typeof SigningKeyService> {
  const { pool, sealKey, keys } = parts;
  return {
    async listSigningKeys({ page }, context) {
      const tenantId = organizationOf(context);
      const list = `signing keys of ${tenantId}`;
      const start = readPageRequest(page, list);
      // An organization that has none yet has one from now on: what is listed is what signs.
      await keys.current(tenantId);
      return inTenant(pool(), tenantId, async (client) => {
        const { rows: found } = await client.query<SigningKeyRow>(
          `${SELECT_KEYS} where k.tenant_id = $1 and ($2::timestamptz is null or (k.created_at, k.id) < ($2, $3::text))
           order by k.created_at desc, k.id desc limit $4`,
          [tenantId, start.after?.[0] ?? null, start.after?.[1] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.created_at.toISOString(), row.id]);
        const { rows: counts } = page?.withTotal
          ? await client.query<{ count: string }>("select count(*) from signing_key where tenant_id = $1", [tenantId])
          : { rows: [] };
        const total = counts[0] ? { total: BigInt(counts[0].count) } : {};
        return { signingKeys: rows.map(toSigningKey), page: { nextPageToken, ...total } };
      });
    },

    async rotateSigningKey({ requestId }, context) {
      const tenantId = organizationOf(context);
      const id = await inTenant(pool(), tenantId, async (client) => {
        await lockKeys(client, tenantId);
        const { rows: known } = await client.query<{ id: string }>(
          "select id from signing_key where tenant_id = $1 and request_id = $2",
          [tenantId, requestId],
        );
        if (known[0]) return known[0].id;
        await client.query("update signing_key set current = false where tenant_id = $1 and current", [tenantId]);
        return (await insertKey(client, sealKey, tenantId, requestId)).id;
      });
      keys.forget();
      return inTenant(pool(), tenantId, async (client) => ({
        signingKey: toSigningKey(await requireKey(client, tenantId, id)),
      }));
    },

    async revokeSigningKey({ id }, context) {
      const tenantId = organizationOf(context);
      const signingKey = await inTenant(pool(), tenantId, async (client) => {
        const row = await requireKey(client, tenantId, id);
        if (row.current) throw errors.signingKeyCurrent({ id });
        await client.query(
          "update signing_key set revoked_at = coalesce(revoked_at, $3) where tenant_id = $1 and id = $2",
          [tenantId, id, parts.now()],
        );
        return toSigningKey(await requireKey(client, tenantId, id));
      });
      keys.forget();
      return { signingKey };
    },
  };
}

async function requireKey(client: pg.ClientBase, tenantId: string, id: string): Promise<SigningKeyRow> {
  const { rows } = await client.query<SigningKeyRow>(`${SELECT_KEYS} where k.tenant_id = $1 and k.id = $2`, [
    tenantId,
    id,
  ]);
  const [row] = rows;
  if (row === undefined) throw errors.signingKeyNotFound({ id });
  return row;
}

function toSigningKey(row: SigningKeyRow): SigningKey {
  return create(SigningKeySchema, {
    id: row.id,
    current: row.current,
    revoked: row.revoked_at !== null,
    packageCount: BigInt(row.package_count ?? 0),
    createTime: timestampFromDate(row.created_at),
    ...(row.last_used_at && { lastUseTime: timestampFromDate(row.last_used_at) }),
    ...(row.revoked_at && { revokeTime: timestampFromDate(row.revoked_at) }),
  });
}
