import { randomBytes } from "node:crypto";
import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { seal, unseal } from "@coursemesh/platform/secrets/seal.ts";
import { LRUCache } from "lru-cache";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";

/** A key with its secret half. */
export interface OpenedKey {
  /** Public name: in packages and tokens. */
  readonly id: string;
  readonly tenantId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The keys of organizations. */
export interface SigningKeys {
  /** The key that signs now; an organization's first is made when it is asked for. */
  current(tenantId: string): Promise<OpenedKey>;
  /** The key of this name, of whatever organization; undefined when there is none or it was revoked. */
  byId(keyId: string): Promise<OpenedKey | undefined>;
  /** Has every key be read again: after a rotation or a revocation in this process. */
  forget(): void;
}

/** Other processes feel a revocation after at most this long. */
const CACHE_MS = 30_000;
/** And a rotation after this long: whoever rotates may revoke the old key soon, and nothing may be signed with it then. */
const CURRENT_CACHE_MS = 5_000;
const CACHED_KEYS = 10_000;

interface KeyRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly sealed: string;
}

/** Reads, makes and caches keys; secrets are opened in memory only. */
export function signingKeys(parts: Pick<DispatchParts, "pool" | "sealKey" | "now">): SigningKeys {
  const byId = new LRUCache<string, OpenedKey>({ max: CACHED_KEYS, ttl: CACHE_MS });
  const current = new LRUCache<string, OpenedKey>({ max: CACHED_KEYS, ttl: CURRENT_CACHE_MS });
  const open = ({ id, tenant_id, sealed }: KeyRow): OpenedKey => {
    const key = unseal(parts.sealKey, sealed);
    if (key === undefined) throw new Error(`signing key ${id} was sealed with another SECRETS_KEY`);
    return { id, tenantId: tenant_id, key };
  };
  return {
    async current(tenantId) {
      const cached = current.get(tenantId);
      if (cached) return cached;
      const row = await inTenant(parts.pool(), tenantId, (client) => currentRow(client, parts.sealKey, tenantId));
      const opened = open(row);
      current.set(tenantId, opened);
      return opened;
    },
    async byId(keyId) {
      const cached = byId.get(keyId);
      if (cached) return cached;
      const row = await inSystem(parts.pool(), (client) => usedRow(client, keyId, parts.now()));
      if (row === undefined) return undefined;
      const opened = open(row);
      byId.set(keyId, opened);
      return opened;
    },
    forget() {
      byId.clear();
      current.clear();
    },
  };
}

async function currentRow(client: pg.ClientBase, sealKey: Buffer, tenantId: string): Promise<KeyRow> {
  const find = async (): Promise<KeyRow | undefined> => {
    const { rows } = await client.query<KeyRow>("select * from signing_key where tenant_id = $1 and current", [
      tenantId,
    ]);
    return rows[0];
  };
  const known = await find();
  if (known) return known;
  await lockKeys(client, tenantId);
  return (await find()) ?? insertKey(client, sealKey, tenantId);
}

/** Keeps others from making a key of the organization until the transaction ends. */
export async function lockKeys(client: pg.ClientBase, tenantId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`dispatch signing key ${tenantId}`]);
}

/** Writes a new current key; hold {@link lockKeys}. */
export async function insertKey(
  client: pg.ClientBase,
  sealKey: Buffer,
  tenantId: string,
  requestId: string | null = null,
): Promise<KeyRow> {
  const { rows } = await client.query<KeyRow>(
    // Always newer than the one before, also within one millisecond.
    `insert into signing_key (id, tenant_id, sealed, current, request_id, created_at)
     select $1, $2::uuid, $3, true, $4::uuid, greatest(now(), max(created_at) + interval '1 ms') from signing_key where tenant_id = $2::uuid
     returning *`,
    [`k${randomBytes(12).toString("hex")}`, tenantId, seal(sealKey, randomBytes(32)), requestId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the signing key was not written");
  return row;
}

/** Reading a key to check a signature is its use; caching keeps this to one write in {@link CACHE_MS}. */
async function usedRow(client: pg.ClientBase, keyId: string, now: Date): Promise<KeyRow | undefined> {
  const { rows } = await client.query<KeyRow>(
    "update signing_key set last_used_at = greatest(last_used_at, $2) where id = $1 and revoked_at is null returning *",
    [keyId, now],
  );
  return rows[0];
}
