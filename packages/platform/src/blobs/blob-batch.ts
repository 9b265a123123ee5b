import type { Blob } from "./blob-store.ts";

/**
 * Many blobs that enter the store together or not at all: what is put is staged, seen by nobody, until `publish`. Reaching the disk
 * is waited for once at the end, because waiting at each of thousands of small files would cost more than everything else.
 */
export interface BlobBatch {
  /** Stages bytes. A failing source rejects and leaves nothing of it behind. Any number of calls may run at once. */
  put(source: AsyncIterable<Uint8Array> | Uint8Array): Promise<Blob>;
  /** When this resolves, every staged blob is on disk under its hash and can be read. The batch is over. */
  publish(): Promise<void>;
  /** Removes what was staged; harmless after `publish` and when called twice. */
  discard(): Promise<void>;
}
