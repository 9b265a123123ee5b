import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { Caller, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { ApiKeyService } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import { ApiKeyCreatedSchema, ApiKeyDeletedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import { errors } from "../errors.ts";
import { tokenHash } from "../token/opaque-token.ts";
import type { UserParts } from "../user-parts.ts";
import { ApiKeyEntity } from "./api-key.entity.ts";
import { toApiKey } from "./api-key.mapper.ts";
import { findApiKey, listApiKeys, newKeyId, newKeySecret } from "./api-key.repository.ts";

/** Keys of the caller's organization. */
export function apiKeyRpc({ db, now }: UserParts): ServiceImpl<typeof ApiKeyService> {
  return {
    async createApiKey(request, context) {
      const tenantId = organizationOf(context);
      const caller = callerOf(context);
      requireHeld(caller, request.scopes);
      const expiresAt = request.expireTime ? timestampDate(request.expireTime) : null;
      if (expiresAt && expiresAt <= now()) throw fieldInvalid("expire_time", "must be in the future");
      const secret = newKeySecret();
      const row = await db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const key = em.create(ApiKeyEntity, {
            id: newKeyId(),
            tenantId,
            name: request.name.trim(),
            secretHash: tokenHash(secret),
            scopes: request.scopes.map(scopeOf),
            rateLimitPerHour: request.rateLimitPerHour,
            createdBy: caller.displayName || caller.id,
            createdAt: now(),
            expiresAt,
            requestId: request.requestId,
          });
          await em.flush();
          await recordEvent(em, tenantId, ApiKeyCreatedSchema, create(ApiKeyCreatedSchema, { apiKeyId: key.id }));
          return key;
        })
        .catch((error: unknown) => {
          // The secret of the first answer cannot be shown again.
          if (error instanceof UniqueConstraintViolationException) throw requestIdReused(request.requestId);
          throw error;
        });
      return { apiKey: toApiKey(row), secret };
    },

    async getApiKey({ id }, context) {
      const tenantId = organizationOf(context);
      const row = await findApiKey(db().tenant(tenantId), tenantId, id);
      if (row === null) throw errors.apiKeyNotFound({ id });
      return { apiKey: toApiKey(row) };
    },

    async listApiKeys({ page }, context) {
      const tenantId = organizationOf(context);
      const list = JSON.stringify(["api-keys", tenantId]);
      const start = readPageRequest(page, list);
      const { rows, total } = await listApiKeys(db().tenant(tenantId), tenantId, start, page?.withTotal ?? false);
      const cut = cutPage(rows, start, list, (row) => [row.createdAt.getTime(), row.id]);
      return {
        apiKeys: cut.rows.map(toApiKey),
        page: { nextPageToken: cut.nextPageToken, ...(total !== undefined && { total: BigInt(total) }) },
      };
    },

    async deleteApiKey({ id }, context) {
      const tenantId = organizationOf(context);
      await db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const where = { tenantId, id, revokedAt: null };
          const revoked = await em.nativeUpdate(ApiKeyEntity, where, { revokedAt: now() });
          if (revoked === 0) return;
          await recordEvent(em, tenantId, ApiKeyDeletedSchema, create(ApiKeyDeletedSchema, { apiKeyId: id }));
        });
      return {};
    },
  };
}

/** @throws SCOPE_NOT_HELD */
function requireHeld(caller: Caller, scopes: readonly Permission[]): void {
  const lacked = scopes.find((scope) => !caller.permissions.includes(scope));
  if (lacked !== undefined) throw errors.scopeNotHeld({ scope: scopeOf(lacked) });
}
