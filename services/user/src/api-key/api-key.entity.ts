import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const ApiKeyEntity = defineEntity({
  name: "ApiKey",
  tableName: "api_key",
  properties: {
    id: p.text().primary(),
    tenantId: p.uuid(),
    name: p.text(),
    secretHash: p.text(),
    scopes: p.array<string>(),
    rateLimitPerHour: p.integer(),
    createdBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    requestId: p.uuid().nullable(),
  },
});

/** A program's key; scopes are texts such as `course:read`. */
export type ApiKeyRow = InferEntity<typeof ApiKeyEntity>;
