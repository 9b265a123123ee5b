import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { DispatchParts } from "../dispatch-parts.ts";
import { keyedHash } from "../signing_key/keyed-hash.ts";

/** A package's file once it is stored. */
export interface StoredPackage {
  readonly blobHash: string;
  /** Bytes of the file. */
  readonly size: number;
  /** SHA-256 of the file in hexadecimal. */
  readonly sha256: string;
}

/** What of a package's row finds its file. */
export interface PackageBlob {
  readonly id: string;
  readonly blob_hash: string | null;
}

/** Files of packages in the blob store. */
export interface PackageBlobs {
  /** Streams a file into the store; nothing is left of one that fails. */
  put(packageId: string, file: AsyncIterable<Uint8Array>): Promise<StoredPackage>;
  /** Streams the bytes from `start` up to and without `end`. */
  read(stored: PackageBlob, start: number, end: number): Readable;
}

/** @param parts the store, and the key that makes beginnings which nobody else can make. */
export function packageBlobs({ blobs, sealKey }: Pick<DispatchParts, "blobs" | "sealKey">): PackageBlobs {
  // What every blob begins with. It makes the blob this package's alone: the store is shared, and whoever removes bytes he no longer needs,
  // for instance a course that holds a copy of a package, must not take away what another still has.
  const prefixOf = (packageId: string): Buffer =>
    Buffer.from(`coursemesh package ${keyedHash(sealKey, "package blob", packageId).toString("base64url")}\n`);
  return {
    async put(packageId, file) {
      const hash = createHash("sha256");
      let size = 0;
      async function* content(): AsyncGenerator<Uint8Array> {
        yield prefixOf(packageId);
        for await (const chunk of file) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      }
      const blob = await blobs.put(Readable.from(content(), { objectMode: false }));
      return { blobHash: blob.hash, size, sha256: hash.digest("hex") };
    },
    read({ id, blob_hash }, start, end) {
      if (blob_hash === null) throw new Error(`package ${id} has no file`);
      const skipped = prefixOf(id).length;
      return blobs.read(blob_hash, { start: skipped + start, end: skipped + end - 1 });
    },
  };
}
