import { createHash, hash as hashOnce, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PackageSink, StoredContent } from "./package-sink.ts";

/** A sink into a folder of its own: one file a content, named by its hash. For tests, benches and trying a package by hand. */
export function createFolderSink(folder: string): PackageSink {
  const known = new Set<string>();
  const made = mkdir(folder, { recursive: true });
  return {
    async put(content) {
      await made;
      return content instanceof Uint8Array ? putWhole(folder, known, content) : putPieces(folder, known, content);
    },
    async abandon(stored) {
      await made;
      for (const { hash } of stored) {
        if (known.delete(hash)) await rm(join(folder, hash), { force: true });
      }
    },
  };
}

async function putWhole(folder: string, known: Set<string>, content: Uint8Array): Promise<StoredContent> {
  const hash = hashOnce("sha256", content, "hex");
  if (!known.has(hash)) {
    known.add(hash);
    await writeFile(join(folder, hash), content);
  }
  return { hash, size: content.length };
}

async function putPieces(
  folder: string,
  known: Set<string>,
  pieces: AsyncIterable<Uint8Array>,
): Promise<StoredContent> {
  const part = join(folder, `${randomUUID()}.part`);
  const digest = createHash("sha256");
  const file = await open(part, "wx");
  let size = 0;
  try {
    for await (const piece of pieces) {
      digest.update(piece);
      await file.writeFile(piece);
      size += piece.length;
    }
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
  await file.close();
  const hash = digest.digest("hex");
  known.add(hash);
  await rename(part, join(folder, hash));
  return { hash, size };
}
