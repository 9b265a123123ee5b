import type { Readable } from "node:stream";
import type { BlobBatch } from "./blob-batch.ts";

/** Name and size of stored bytes. */
export interface Blob {
  /** SHA-256 in hex. */
  readonly hash: string;
  readonly size: number;
}

/** A part of a blob: first byte and last byte, both included, as in HTTP Range. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes by their hash: storing the same bytes twice keeps them once. */
export interface BlobStore {
  /** Stores bytes; when this resolves they are on disk under their hash. The source's error leaves nothing behind. */
  put(source: Readable | Uint8Array): Promise<Blob>;
  /**
   * Begins a batch, or begins it anew: what a batch of the same name had staged before, perhaps in a process that died, is removed.
   * @param name letters, digits and hyphens.
   */
  batch(name: string): Promise<BlobBatch>;
  /** Size, or undefined when it is not there. */
  stat(hash: string): Promise<number | undefined>;
  /** Streams a blob or a part. The stream fails with ENOENT when it is not there. */
  read(hash: string, range?: ByteRange): Readable;
  /** The whole blob, for small ones. */
  readAll(hash: string): Promise<Buffer>;
  /** Absent is success. */
  delete(hash: string): Promise<void>;
}
