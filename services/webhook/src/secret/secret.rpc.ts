import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { SecretRotatedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import type pg from "pg";
import { requireEndpoint } from "../endpoint/endpoint.repository.ts";
import { errors } from "../errors.ts";
import { ACTIVE, insertSecret, type SecretRow, toSecret } from "./secret.repository.ts";
import { generateSecret } from "./webhook-secret.ts";

/** SecretService. @param key seals secrets. */
export function secretRpc(pool: () => pg.Pool, key: Buffer): ServiceImpl<typeof SecretService> {
  return {
    async listSecrets({ page, endpointId }, context) {
      const tenantId = organizationOf(context);
      const list = `secrets of ${endpointId}`;
      const start = readPageRequest(page, list);
      return inTenant(pool(), tenantId, async (client) => {
        await requireEndpoint(client, tenantId, endpointId);
        const { rows: found } = await client.query<SecretRow & { total: number }>(
          `select *, count(*) over ()::int as total from secret where tenant_id = $1 and endpoint_id = $2 and ${ACTIVE}
           and ($3::uuid is null or id < $3) order by id desc limit $4`,
          [tenantId, endpointId, start.after?.[0] ?? null, start.limit + 1],
        );
        const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
        const total = page?.withTotal ? { total: BigInt(found[0]?.total ?? 0) } : {};
        return { secrets: rows.map(toSecret), page: { nextPageToken, ...total } };
      });
    },

    async rotateSecret({ requestId, endpointId, value: given, overlapSeconds }, context) {
      const tenantId = organizationOf(context);
      const value = given || generateSecret();
      return inTenant(pool(), tenantId, async (client) => {
        await requireEndpoint(client, tenantId, endpointId, true);
        // The first answer showed the secret; it cannot be shown again.
        const { rowCount } = await client.query("select from secret where tenant_id = $1 and request_id = $2", [
          tenantId,
          requestId,
        ]);
        if (rowCount) throw requestIdReused(requestId);
        await client.query(
          `update secret set expires_at = least(expires_at, now() + make_interval(secs => $3)) where tenant_id = $1 and endpoint_id = $2 and ${ACTIVE}`,
          [tenantId, endpointId, overlapSeconds],
        );
        const row = await insertSecret(client, key, tenantId, endpointId, value, requestId);
        const event = create(SecretRotatedSchema, { endpointId, secretId: row.id });
        await announce(client, tenantId, SecretRotatedSchema, event);
        return { secret: toSecret(row), value };
      });
    },

    async deleteSecret({ id }, context) {
      const tenantId = organizationOf(context);
      await inTenant(pool(), tenantId, async (client) => {
        const { rows } = await client.query<SecretRow>("select * from secret where tenant_id = $1 and id = $2", [
          tenantId,
          id,
        ]);
        const [row] = rows;
        if (row === undefined) return;
        await requireEndpoint(client, tenantId, row.endpoint_id, true);
        const { rowCount: others } = await client.query(
          `select from secret where tenant_id = $1 and endpoint_id = $2 and id <> $3 and ${ACTIVE}`,
          [tenantId, row.endpoint_id, id],
        );
        if (!others) throw errors.secretLast({ endpoint_id: row.endpoint_id });
        // The newest never ends; when it goes, the one before it goes on.
        await client.query("delete from secret where tenant_id = $1 and id = $2", [tenantId, id]);
        if (row.expires_at === null) {
          await client.query(
            `update secret set expires_at = null where id = (
               select id from secret where tenant_id = $1 and endpoint_id = $2 and ${ACTIVE} order by id desc limit 1)`,
            [tenantId, row.endpoint_id],
          );
        }
        const event = create(SecretRotatedSchema, { endpointId: row.endpoint_id, secretId: id });
        await announce(client, tenantId, SecretRotatedSchema, event);
      });
      return {};
    },
  };
}
