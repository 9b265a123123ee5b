import type { EntityManager } from "@mikro-orm/postgresql";
import { PublicationEntity, type PublicationRow } from "./publication.entity.ts";

/**
 * Claims a request before its work is done. A second claim of the same request waits for the first one's transaction and then gives
 * what that made. @returns undefined when the claim is ours.
 */
export async function claimPublication(em: EntityManager, row: PublicationRow): Promise<PublicationRow | undefined> {
  const claimed: unknown[] = await em.execute(
    `insert into publication (tenant_id, request_id, request_hash, course_id, course_version_id, course_created, created_at)
     values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning request_id`,
    [row.tenantId, row.requestId, row.requestHash, row.courseId, row.courseVersionId, row.courseCreated, row.createdAt],
  );
  if (claimed.length > 0) return undefined;
  return em.findOneOrFail(PublicationEntity, { tenantId: row.tenantId, requestId: row.requestId });
}

/** Says what the claimed request made. */
export async function completePublication(
  em: EntityManager,
  { tenantId, requestId }: Pick<PublicationRow, "tenantId" | "requestId">,
  made: Pick<PublicationRow, "courseId" | "courseCreated">,
): Promise<void> {
  await em.nativeUpdate(PublicationEntity, { tenantId, requestId }, made);
}
