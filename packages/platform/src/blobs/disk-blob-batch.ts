import { hash as digestOf } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobBatch } from "./blob-batch.ts";
import { forEach, syncPath, writeHashed } from "./disk-files.ts";

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

  return {
    async put(source) {
      // Packages repeat small files; one that is staged already is not written again.
      if (source instanceof Uint8Array) {
        const hash = digestOf("sha256", source, "hex");
        if (staged.has(hash)) return { hash, size: source.length };
      }
      count += 1;
      const path = join(staging, String(count));
      const blob = await writeHashed(path, source);
      if (staged.has(blob.hash)) await rm(path);
      else staged.set(blob.hash, path);
      return blob;
    },
    async publish() {
      // Bytes before names: after a crash a name must never stand for fewer bytes than its hash says.
      await forEach(staged.values(), syncPath);
      const parents = new Set([...staged.keys()].map((hash) => dirname(pathOf(hash))));
      await forEach(parents, async (parent) => void (await mkdir(parent, { recursive: true })));
      await forEach(staged, ([hash, path]) => rename(path, pathOf(hash)));
      await forEach(parents, syncPath);
      for (const folder of new Set([...parents].map(dirname))) await syncPath(folder);
      await rm(staging, { recursive: true, force: true });
    },
    discard: async () => rm(staging, { recursive: true, force: true }),
  };
}
