import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { permissionOf } from "@coursemesh/platform/auth/permissions.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type ApiKey, ApiKeySchema } from "@coursemesh/proto/coursemesh/user/v1/api_key_pb.ts";
import type { ApiKeyRow } from "./api-key.entity.ts";

export function toApiKey(row: ApiKeyRow): ApiKey {
  return create(ApiKeySchema, {
    id: row.id,
    name: row.name,
    scopes: toPermissions(row.scopes),
    createTime: timestampFromDate(row.createdAt),
    ...(row.expiresAt && { expireTime: timestampFromDate(row.expiresAt) }),
    ...(row.lastUsedAt && { lastUseTime: timestampFromDate(row.lastUsedAt) }),
    rateLimitPerHour: row.rateLimitPerHour,
    createdBy: row.createdBy,
  });
}

/** The permissions of stored scopes; one that no longer exists allows nothing. */
export function toPermissions(scopes: readonly string[]): Permission[] {
  return scopes.flatMap((scope) => permissionOf(scope) ?? []);
}

/** What a key with these scopes may do: who may read all statements may read its own. */
export function permissionsOfKey(scopes: readonly string[]): Permission[] {
  const permissions = new Set(toPermissions(scopes));
  if (permissions.has(Permission.STATEMENT_READ)) permissions.add(Permission.STATEMENT_READMINE);
  return [...permissions];
}
