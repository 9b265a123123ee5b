import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import type { Storage } from "../storage.ts";
import { UploadEntity, type UploadRow } from "./upload.entity.ts";

/** Job that removes an upload which nobody imported in time. */
export const EXPIRE_UPLOAD = "expire-upload";

/** Rows of uploads. */
export interface UploadRepository {
  /** Inserts an upload and the job that will remove it, or gives the one that has this request id already. */
  insert(row: UploadRow): Promise<UploadRow>;
  find(tenantId: string, id: string): Promise<UploadRow | undefined>;
  /** Makes a stream the upload's writer when it begins where the upload stands. Undefined: it does not. */
  takeWriter(tenantId: string, id: string, offset: number, writer: string): Promise<UploadRow | undefined>;
  /** Acknowledges bytes that are on disk. False: another stream has taken over. */
  acknowledge(tenantId: string, id: string, writer: string, receivedBytes: number, complete: boolean): Promise<boolean>;
  /** Answers whether there was one. */
  remove(tenantId: string, id: string): Promise<boolean>;
}

export function uploadRepository(storage: Storage): UploadRepository {
  const find = async (tenantId: string, id: string): Promise<UploadRow | undefined> =>
    (await storage.database.tenant(tenantId).findOne(UploadEntity, { id, tenantId })) ?? undefined;

  return {
    find,
    async insert(row) {
      const { tenantId, requestId } = row;
      const same = async (): Promise<UploadRow | undefined> =>
        (await storage.database.tenant(tenantId).findOne(UploadEntity, { tenantId, requestId })) ?? undefined;
      const known = await same();
      if (known) return known;
      try {
        await storage.database.tenant(tenantId).transactional(async (em) => {
          await em.insert(UploadEntity, row);
          const job = { id: row.id, tenantId };
          await storage.jobs.addIn(em, EXPIRE_UPLOAD, job, { key: `upload:${row.id}`, runAt: row.expireTime });
        });
        return row;
      } catch (error) {
        const winner = error instanceof UniqueConstraintViolationException ? await same() : undefined;
        if (winner) return winner;
        throw error;
      }
    },
    async takeWriter(tenantId, id, offset, writer) {
      const changed = await storage.database
        .tenant(tenantId)
        .nativeUpdate(UploadEntity, { id, tenantId, receivedBytes: offset }, { writer });
      return changed === 1 ? find(tenantId, id) : undefined;
    },
    async acknowledge(tenantId, id, writer, receivedBytes, complete) {
      const changed = await storage.database
        .tenant(tenantId)
        .nativeUpdate(UploadEntity, { id, tenantId, writer }, { receivedBytes, complete });
      return changed === 1;
    },
    async remove(tenantId, id) {
      return (await storage.database.tenant(tenantId).nativeDelete(UploadEntity, { id, tenantId })) === 1;
    },
  };
}
