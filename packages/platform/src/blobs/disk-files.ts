import { spawn } from "node:child_process";
import { createHash, hash } from "node:crypto";
import { type FileHandle, open, rm, writeFile } from "node:fs/promises";
import type { Blob } from "./blob-store.ts";

/** Calls at the same time in which files are brought to disk: file systems gather them into one write of their journal. */
const AT_ONCE = 4;

/** The blob that bytes are. */
export function blobOf(bytes: Uint8Array): Blob {
  return { hash: hash("sha256", bytes, "hex"), size: bytes.length };
}

/** Writes bytes to a new file and hashes them, without waiting for the disk. A failing source removes the file. */
export async function writeHashed(path: string, source: AsyncIterable<Uint8Array> | Uint8Array): Promise<Blob> {
  try {
    if (source instanceof Uint8Array) {
      await writeFile(path, source, { flag: "wx" });
      return blobOf(source);
    }
    const file = await open(path, "wx");
    try {
      return await writePieces(file, source);
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writePieces(file: FileHandle, source: AsyncIterable<Uint8Array>): Promise<Blob> {
  const digest = createHash("sha256");
  let size = 0;
  for await (const piece of source) {
    // The disk takes the piece while the digest does: both read it, neither keeps it.
    const written = file.writeFile(piece);
    digest.update(piece);
    size += piece.length;
    await written;
  }
  return { hash: digest.digest("hex"), size };
}

/** Waits until a file's bytes, or a folder's names, are on disk. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** From this many paths on, one call for the whole file system costs less than one for each. */
const MANY_FILES = 64;

/** Waits until all these files' bytes, or folders' names, are on disk; all of them lie on the file system of `folder`. */
export async function syncPaths(folder: string, paths: readonly string[]): Promise<void> {
  if (paths.length < MANY_FILES || !(await syncFileSystem(folder))) await forEach(paths, syncPath);
}

/** syncfs(2), which Node has no call for: a quarter of the time that thousands of small files take one by one. False: not to be had here. */
function syncFileSystem(folder: string): Promise<boolean> {
  if (process.platform !== "linux") return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn("sync", ["-f", folder], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

/** Runs `work` for every item, a few at a time, and stops at the first failure. */
export async function forEach<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done && !failed; next = iterator.next()) {
      await work(next.value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
