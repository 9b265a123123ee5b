import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { BlobStore } from "./blob-store.ts";
import { diskBlobBatch } from "./disk-blob-batch.ts";
import { syncPath, writeHashed } from "./disk-files.ts";

const HASH = /^[0-9a-f]{64}$/;
const BATCH = /^[A-Za-z0-9-]{1,100}$/;
/** Half-written files older than this belong to a process that died. Younger ones may belong to another process on the same store. */
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps blobs in files named by their hash, in 256 folders. Files appear whole by rename, after their bytes reached the disk.
 * Several processes may use one folder.
 */
export async function diskBlobStore(folder: string): Promise<BlobStore> {
  const incoming = join(folder, "incoming");
  await mkdir(incoming, { recursive: true });
  await removeStale(incoming);

  const pathOf = (hash: string): string => {
    if (!HASH.test(hash)) throw new Error(`${hash} is not the name of a blob`);
    return join(folder, hash.slice(0, 2), hash);
  };

  return {
    async put(source) {
      const temporary = join(incoming, randomUUID());
      const blob = await writeHashed(temporary, source);
      try {
        await syncPath(temporary);
        const target = pathOf(blob.hash);
        await mkdir(dirname(target), { recursive: true });
        await rename(temporary, target);
        await syncPath(dirname(target));
        await syncPath(folder);
        return blob;
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    batch(name) {
      if (!BATCH.test(name)) throw new Error(`${name} is not the name of a batch`);
      return diskBlobBatch(join(incoming, name), pathOf);
    },
    async stat(hash) {
      return (await stat(pathOf(hash)).catch(absent))?.size;
    },
    read(hash, range) {
      return createReadStream(pathOf(hash), range ? { start: range.start, end: range.end } : {});
    },
    readAll: async (hash) => readFile(pathOf(hash)),
    delete: async (hash) => rm(pathOf(hash), { force: true }),
  };
}

async function removeStale(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(absent);
    if (found && found.mtimeMs < Date.now() - STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
