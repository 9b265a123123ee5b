import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import type { Blob, BlobStore } from "./blob-store.ts";

const HASH = /^[0-9a-f]{64}$/;

/** Keeps blobs in files named by their hash, two folders deep. Files appear whole by rename, after their bytes reached the disk. */
export async function diskBlobStore(folder: string): Promise<BlobStore> {
  const incoming = join(folder, "incoming");
  // What a killed process left half written is of no use to anybody.
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  const made = new Set<string>();

  const pathOf = (hash: string): string => {
    if (!HASH.test(hash)) throw new Error(`${hash} is not the name of a blob`);
    return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  const keep = async (temporary: string, blob: Blob): Promise<Blob> => {
    const target = pathOf(blob.hash);
    const parent = dirname(target);
    if (!made.has(parent)) {
      await mkdir(parent, { recursive: true });
      made.add(parent);
    }
    await rename(temporary, target);
    return blob;
  };

  return {
    async put(source) {
      const temporary = join(incoming, randomUUID());
      const file = await open(temporary, "wx");
      try {
        const blob = await (source instanceof Uint8Array ? writeBytes(file, source) : writeStream(file, source));
        await file.datasync();
        await file.close();
        return await keep(temporary, blob);
      } catch (error) {
        await file.close().catch(() => undefined);
        await rm(temporary, { force: true });
        throw error;
      }
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

async function writeBytes(file: FileHandle, bytes: Uint8Array): Promise<Blob> {
  await file.writeFile(bytes);
  return { hash: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}

async function writeStream(file: FileHandle, source: Readable): Promise<Blob> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
    await file.write(chunk);
  }
  return { hash: hash.digest("hex"), size };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
