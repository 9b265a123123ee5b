import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobBatch } from "./blob-batch.ts";
import type { Blob } from "./blob-store.ts";
import { blobOf, forEach, syncPaths, writeHashed } from "./disk-files.ts";

/**
 * A batch in a folder of its own beside the store.
 * @param staging the batch's folder, on the same disk as the store; emptied first.
 * @param pathOf where a blob lives in the store.
 */
export async function diskBlobBatch(staging: string, pathOf: (hash: string) => string): Promise<BlobBatch> {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const staged = new Map<string, string>();
  let count = 0;

  const newPath = (): string => {
    count += 1;
    return join(staging, String(count));
  };
  /** Packages repeat small files; one that is staged already is not written again. */
  const putBytes = async (bytes: Uint8Array): Promise<Blob> => {
    const blob = blobOf(bytes);
    if (staged.has(blob.hash)) return blob;
    const path = newPath();
    staged.set(blob.hash, path);
    await writeFile(path, bytes, { flag: "wx" }).catch((error: unknown) => {
      staged.delete(blob.hash);
      throw error;
    });
    return blob;
  };

  return {
    async put(source) {
      if (source instanceof Uint8Array) return putBytes(source);
      const path = newPath();
      const blob = await writeHashed(path, source);
      if (staged.has(blob.hash)) await rm(path);
      else staged.set(blob.hash, path);
      return blob;
    },
    async publish() {
      // Bytes before names: after a crash a name must never stand for fewer bytes than its hash says.
      await syncPaths(staging, [...staged.values()]);
      const parents = new Set([...staged.keys()].map((hash) => dirname(pathOf(hash))));
      await forEach(parents, async (parent) => void (await mkdir(parent, { recursive: true })));
      await forEach(staged, ([hash, path]) => rename(path, pathOf(hash)));
      await syncPaths(staging, [...parents, ...new Set([...parents].map(dirname))]);
      await rm(staging, { recursive: true, force: true });
    },
    discard: async () => rm(staging, { recursive: true, force: true }),
  };
}
