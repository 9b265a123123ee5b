import type { Database } from "@coursemesh/platform/db/database.ts";
import { etagMismatch } from "@coursemesh/platform/errors/service-error.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import { LockMode } from "@mikro-orm/postgresql";
import { CredentialLimitEntity, type CredentialLimitRow } from "./credential-limit.entity.ts";
import { etagOf } from "./credential-limit.mapper.ts";

/** Limits in the database. */
export interface CredentialLimitRepository {
  find(tenantId: string, apiKeyId: string): Promise<CredentialLimitRow | undefined>;
  /** By key id, one more than asked for. */
  list(tenantId: string, start: PageStart): Promise<CredentialLimitRow[]>;
  count(tenantId: string): Promise<number>;
  /** @param etag of the row that is replaced; empty replaces whatever there is. @throws ETAG_MISMATCH */
  replace(row: Omit<CredentialLimitRow, "version">, etag: string): Promise<CredentialLimitRow>;
  remove(tenantId: string, apiKeyId: string): Promise<void>;
}

export function credentialLimitRepository(database: () => Database): CredentialLimitRepository {
  return {
    find: async (tenantId, apiKeyId) =>
      (await database().tenant(tenantId).findOne(CredentialLimitEntity, { tenantId, apiKeyId })) ?? undefined,
    list: (tenantId, { after, limit }) => {
      const where = { tenantId, ...(after && { apiKeyId: { $gt: String(after[0]) } }) };
      return database()
        .tenant(tenantId)
        .find(CredentialLimitEntity, where, { orderBy: { apiKeyId: "asc" }, limit: limit + 1 });
    },
    count: (tenantId) => database().tenant(tenantId).count(CredentialLimitEntity, { tenantId }),
    replace: (row, etag) =>
      database()
        .tenant(row.tenantId)
        .transactional(async (em) => {
          const { tenantId, apiKeyId } = row;
          // A row to lock, also where there was none: of two first settings one waits for the other.
          await em.execute(
            `insert into credential_limit (tenant_id, api_key_id, requests_per_minute, statements_per_minute, batch_size, allowed_verbs,
               default_version, authority_json, version) values (?, ?, 0, 0, 0, '{}', 0, '', 0) on conflict do nothing`,
            [tenantId, apiKeyId],
          );
          const found = await em.findOneOrFail(
            CredentialLimitEntity,
            { tenantId, apiKeyId },
            { lockMode: LockMode.PESSIMISTIC_WRITE },
          );
          const present = found.version === 0 ? "" : etagOf(found.version);
          if (etag !== "" && etag !== present) throw etagMismatch(present);
          return Object.assign(found, row, { version: found.version + 1 });
        }),
    async remove(tenantId, apiKeyId) {
      await database().tenant(tenantId).nativeDelete(CredentialLimitEntity, { tenantId, apiKeyId });
    },
  };
}
