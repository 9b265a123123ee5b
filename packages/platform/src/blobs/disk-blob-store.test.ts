import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BlobStore } from "./blob-store.ts";
import { diskBlobStore } from "./disk-blob-store.ts";

let folder: string;
let blobs: BlobStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "coursemesh-blobs-"));
  blobs = await diskBlobStore(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const bytes = Buffer.from("hello, course");
const hash = createHash("sha256").update(bytes).digest("hex");

it("stores bytes and streams under their hash, once", async () => {
  expect(await blobs.put(bytes)).toEqual({ hash, size: 13 });
  expect(await blobs.put(Readable.from([bytes.subarray(0, 5), bytes.subarray(5)]))).toEqual({ hash, size: 13 });
  expect(await blobs.readAll(hash)).toEqual(bytes);
  expect(await blobs.stat(hash)).toBe(13);
});

it("reads a range, both ends included", async () => {
  await blobs.put(bytes);
  expect((await buffer(blobs.read(hash, { start: 7, end: 12 }))).toString()).toBe("course");
});

it("leaves nothing behind when the source fails", async () => {
  const source = Readable.from(
    (async function* () {
      yield Buffer.from("half");
      throw new Error("the line broke");
    })(),
  );
  await expect(blobs.put(source)).rejects.toThrow("the line broke");
  expect(await readdir(join(folder, "incoming"))).toEqual([]);
});

it("says that a missing blob is missing, and refuses names that are no hashes", async () => {
  expect(await blobs.stat("0".repeat(64))).toBeUndefined();
  await expect(blobs.readAll("../../etc/passwd")).rejects.toThrow(/not the name of a blob/);
});

it("deletes, twice without complaint", async () => {
  await blobs.put(bytes);
  await blobs.delete(hash);
  await blobs.delete(hash);
  expect(await blobs.stat(hash)).toBeUndefined();
});
