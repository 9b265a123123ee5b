import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";

/** Bytes of attachments in the blob store. */
export interface AttachmentBlobs {
  /** Writes content; when this resolves it is on disk, and stays for an hour at least even if no row of `attachment` names it. */
  put(tenantId: string, content: AsyncIterable<Uint8Array>): Promise<{ blobHash: string }>;
  /**
   * Streams content from an offset on.
   * @param size of the whole content, bytes.
   * @param length bytes; to the end without it.
   */
  read(tenantId: string, blob: { blobHash: string; size: number }, offset?: number, length?: number): Readable;
  /** The whole content, for small ones. */
  readAll(tenantId: string, blob: { blobHash: string; size: number }): Promise<Buffer>;
}

export function attachmentBlobs(pool: () => pg.Pool, blobs: BlobStore): AttachmentBlobs {
  const read: AttachmentBlobs["read"] = (tenantId, { blobHash, size }, offset = 0, length) => {
    const start = prefixOf(tenantId).length;
    const end = length === undefined ? size : Math.min(size, offset + length);
    if (offset >= end) return Readable.from([]);
    return blobs.read(blobHash, { start: start + offset, end: start + end - 1 });
  };
  return {
    async put(tenantId, content) {
      const batch = await blobs.batch(`attachment-${randomUUID()}`);
      try {
        const { hash } = await batch.put(withPrefix(tenantId, content));
        // Before the blob appears: whoever is deleting it now is done when this returns, and nobody begins within the next hour.
        await inTenant(pool(), tenantId, (client) =>
          client.query("delete from attachment_garbage where tenant_id = $1 and blob_hash = $2", [tenantId, hash]),
        );
        await batch.publish();
        return { blobHash: hash };
      } finally {
        await batch.discard();
      }
    },
    read,
    readAll: (tenantId, blob) => buffer(read(tenantId, blob)),
  };
}

/**
 * What every blob of an organization's attachments begins with. It makes the blob this service's and this organization's own: the blob
 * store is shared, and whoever removes a blob that he no longer needs must not take away what another still has.
 */
function prefixOf(tenantId: string): Buffer {
  return Buffer.from(`coursemesh attachment ${tenantId}\n`);
}

async function* withPrefix(tenantId: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield prefixOf(tenantId);
  yield* content;
}
