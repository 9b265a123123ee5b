import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import {
  type EndpointOwner,
  EndpointStatus,
  type OwnedEndpoint,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type pg from "pg";
import { insertSecret } from "../secret/secret.repository.ts";
import { generateSecret } from "../secret/webhook-secret.ts";
import { removeEndpoint, saveEndpoint } from "./endpoint.repository.ts";
import { endpointColumns, isSigned } from "./endpoint-change.ts";
import type { EndpointRow } from "./endpoint-row.ts";

/** An owned endpoint whose addresses were checked. */
export interface CheckedOwned extends OwnedEndpoint {
  readonly url: string;
}

/**
 * Puts the endpoints of an owner in place: those with a known address are changed, others made, the rest removed. Where there is one and shall
 * be one, it keeps its secret and history under another address. Idempotent.
 */
export function syncOwnedEndpoints(
  pool: pg.Pool,
  key: Buffer,
  tenantId: string,
  { owner }: EndpointOwner,
  wanted: readonly CheckedOwned[],
): Promise<EndpointRow[]> {
  const { case: kind, value: ownerId } = owner;
  if (kind === undefined) throw fieldInvalid("owner", "is required");
  return inTenant(pool, tenantId, async (client) => {
    // Two that put the same owner's in place take turns.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`coursemesh.webhook:${ownerId}`]);
    const { rows: present } = await client.query<EndpointRow>(
      "select * from endpoint where tenant_id = $1 and owner_id = $2 order by id",
      [tenantId, ownerId],
    );
    const kept: EndpointRow[] = [];
    for (const { endpoint, secret, fallbackUrl, url } of wanted) {
      if (endpoint === undefined) continue;
      const same = present.find((row) => row.url === url && !kept.includes(row));
      const known = same ?? (wanted.length === 1 && present.length === 1 ? present[0] : undefined);
      const columns = endpointColumns(endpoint, url, key, known?.sealed_headers);
      const row: EndpointRow = {
        ...(known ?? fresh(tenantId)),
        ...columns,
        sealed_password: columns.sealed_password || (known?.sealed_password ?? ""),
        owner_kind: kind,
        owner_id: ownerId,
        fallback_url: fallbackUrl,
      };
      if (known) Object.assign(row, { version: known.version + 1, updated_at: new Date() });
      await saveEndpoint(client, row);
      await putSecret(client, key, row, isSigned(endpoint.kind), secret, known !== undefined);
      kept.push(known ? Object.assign(known, row) : row);
    }
    for (const row of present) if (!kept.includes(row)) await removeEndpoint(client, tenantId, row.id);
    return kept;
  });
}

async function putSecret(
  client: pg.ClientBase,
  key: Buffer,
  { tenant_id, id }: EndpointRow,
  signed: boolean,
  secret: string,
  known: boolean,
): Promise<void> {
  if (!signed || (known && secret === "")) return;
  await client.query("delete from secret where endpoint_id = $1", [id]);
  await insertSecret(client, key, tenant_id, id, secret || generateSecret());
}

function fresh(tenantId: string) {
  const now = new Date();
  return {
    id: uuidV7(),
    tenant_id: tenantId,
    status: EndpointStatus.ACTIVE,
    status_reason: "",
    request_id: null,
    request_hash: "",
    version: 1,
    created_at: now,
    updated_at: now,
  };
}
