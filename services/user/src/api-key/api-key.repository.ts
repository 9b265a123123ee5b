import { randomBytes } from "node:crypto";
import { orderByOf, rowsAfter, type SortColumn } from "@coursemesh/platform/page/keyset.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { EntityManager, FilterQuery } from "@mikro-orm/postgresql";
import { ApiKeyEntity, type ApiKeyRow } from "./api-key.entity.ts";

/** Newest first. */
export const apiKeyOrder: readonly SortColumn[] = [
  { property: "createdAt", direction: "desc", read: (key) => new Date(key) },
  { property: "id", direction: "desc" },
];

/** A name that clients send before the colon: recognisable in a log, not guessable. */
export function newKeyId(): string {
  return `cm_${randomBytes(10).toString("hex")}`;
}

/** 256 random bits. */
export function newKeySecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A key that was not revoked. */
export function findApiKey(em: EntityManager, tenantId: string, id: string): Promise<ApiKeyRow | null> {
  return em.findOne(ApiKeyEntity, { tenantId, id, revokedAt: null });
}

/** One row more than the page has, newest first. */
export async function listApiKeys(
  em: EntityManager,
  tenantId: string,
  start: PageStart,
  withTotal: boolean,
): Promise<{ rows: ApiKeyRow[]; total: number | undefined }> {
  const where: FilterQuery<ApiKeyRow> = { tenantId, revokedAt: null };
  const page = { $and: [where, rowsAfter(apiKeyOrder, start.after)] } as FilterQuery<ApiKeyRow>;
  const rows = await em.find(ApiKeyEntity, page, { orderBy: orderByOf(apiKeyOrder), limit: start.limit + 1 });
  return { rows, total: withTotal ? await em.count(ApiKeyEntity, where) : undefined };
}
