import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

const text = (content: string): Buffer => Buffer.from(content);
const hashOf = (content: string): string => createHash("sha256").update(content).digest("hex");
const incoming = (): Promise<string[]> => readdir(join(folder, "incoming"));
async function* pieces(...contents: string[]): AsyncGenerator<Buffer> {
  for (const content of contents) yield text(content);
}

it("shows nothing of a batch before it is published, and everything after", async () => {
  const batch = await blobs.batch("one");
  expect(await batch.put(text("first"))).toEqual({ hash: hashOf("first"), size: 5 });
  expect(await batch.put(pieces("sec", "ond"))).toEqual({ hash: hashOf("second"), size: 6 });
  await batch.put(text("first"));
  expect(await blobs.stat(hashOf("first"))).toBeUndefined();
  await batch.publish();
  expect((await blobs.readAll(hashOf("first"))).toString()).toBe("first");
  expect((await blobs.readAll(hashOf("second"))).toString()).toBe("second");
  expect(await incoming()).toEqual([]);
});

it("publishes many small files, of which some are the same", async () => {
  const batch = await blobs.batch("many");
  const names = Array.from({ length: 200 }, (_, index) => `file ${index % 150}`);
  await Promise.all(names.map((name) => batch.put(text(name))));
  await batch.publish();
  for (const name of names) expect((await blobs.readAll(hashOf(name))).toString()).toBe(name);
  expect(await incoming()).toEqual([]);
});

it("leaves nothing of a batch that is discarded, also after a source that fails", async () => {
  const batch = await blobs.batch("two");
  await batch.put(text("kept for a while"));
  const broken = (async function* () {
    yield text("half");
    throw new Error("the line broke");
  })();
  await expect(batch.put(broken)).rejects.toThrow("the line broke");
  await batch.discard();
  await batch.discard();
  expect(await blobs.stat(hashOf("kept for a while"))).toBeUndefined();
  expect(await incoming()).toEqual([]);
});

it("begins a batch of the same name anew", async () => {
  await (await blobs.batch("three")).put(text("of a process that died"));
  const again = await blobs.batch("three");
  await again.put(text("of its successor"));
  await again.publish();
  expect(await blobs.stat(hashOf("of a process that died"))).toBeUndefined();
  expect(await blobs.stat(hashOf("of its successor"))).toBe(16);
  expect(await incoming()).toEqual([]);
});

it("lets another process open the store without losing what is arriving, and removes what nobody finished in a day", async () => {
  const batch = await blobs.batch("four");
  await batch.put(text("arriving"));
  const old = join(folder, "incoming", "left-behind");
  await writeFile(old, "half");
  await utimes(old, new Date(0), new Date(0));
  await diskBlobStore(folder);
  expect(await incoming()).toEqual(["four"]);
  await batch.publish();
  expect(await blobs.stat(hashOf("arriving"))).toBe(8);
});

it("refuses a batch whose name could leave the folder", () => {
  expect(() => blobs.batch("../x")).toThrow(/not the name of a batch/);
});
