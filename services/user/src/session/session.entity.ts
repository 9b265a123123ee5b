import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const SessionEntity = defineEntity({
  name: "Session",
  tableName: "session",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    personId: p.uuid(),
    userAgent: p.text(),
    ipAddress: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endReason: p.text().default(""),
  },
});

/** A browser's session; `tenantId` is the organization the person acts in, the nil tenant for none. */
export type SessionRow = InferEntity<typeof SessionEntity>;

export const RefreshTokenEntity = defineEntity({
  name: "RefreshToken",
  tableName: "refresh_token",
  properties: {
    id: p.uuid().primary(),
    sessionId: p.uuid(),
    number: p.integer(),
    nonce: p.text(),
    tokenHash: p.text(),
    issuedAt: p.datetime(),
    expiresAt: p.datetime(),
    exchangedAt: p.datetime().nullable(),
  },
});

/** One link of a session's chain of refresh tokens. */
export type RefreshTokenRow = InferEntity<typeof RefreshTokenEntity>;
