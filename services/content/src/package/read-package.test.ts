import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMultiScoPackage } from "@coursemesh/samples/build-multi-sco-package.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderSink } from "./folder-sink.ts";
import { courseAnd } from "./hostile/hostile-package.ts";
import type { PackageSink, StoredFile } from "./package-sink.ts";
import { type ImportProgress, readPackage } from "./read-package.ts";

let root: string;
let zip: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "read-package-"));
  zip = join(root, "package.zip");
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("a playable package", () => {
  it("is stored by content, and told by outline, files and report", async () => {
    await writeFile(zip, await buildMultiScoPackage());
    const reading = await readPackage(zip, { sink: createFolderSink(join(root, "store")) });
    if (reading.verdict === "not_playable") throw new Error(JSON.stringify(reading.report.findings));
    expect(reading.report).toMatchObject({
      verdict: "ready",
      findings: [],
      activities: 7,
      scos: 5,
      assets: 0,
      standardName: "SCORM 1.2",
    });
    expect(reading.outline.activities.map((activity) => activity.identifier)).toEqual(["basics", "practice", "test"]);
    expect(reading.files.map((file) => file.path)).toContain("shared/course.css");
    for (const { hash, size } of reading.files) {
      const content = await readFile(join(root, "store", hash));
      expect(content).toHaveLength(size);
      expect(createHash("sha256").update(content).digest("hex")).toBe(hash);
    }
  });

  it("keeps large files whole, compressed or not", async () => {
    const large = Buffer.alloc(3_000_000);
    for (let index = 0; index < large.length; index += 1) large[index] = (index * 7919) % 251;
    const entry = { content: large };
    await writeFile(zip, courseAnd({ ...entry, name: "deflated.bin" }, { ...entry, name: "stored.bin", method: 0 }));
    const reading = await readPackage(zip, { sink: createFolderSink(join(root, "store")) });
    const hash = createHash("sha256").update(large).digest("hex");
    expect(reading.files).toEqual(
      expect.arrayContaining([
        { path: "deflated.bin", hash, size: large.length },
        { path: "stored.bin", hash, size: large.length },
      ]),
    );
  });

  it("tells its progress stage by stage and file by file", async () => {
    await writeFile(zip, courseAnd());
    const told: ImportProgress[] = [];
    await readPackage(zip, { sink: createFolderSink(join(root, "store")), onProgress: (each) => told.push(each) });
    expect([...new Set(told.map((each) => each.stage))]).toEqual(["opening", "listing", "manifest", "files"]);
    expect(told.at(-1)).toMatchObject({ filesDone: 2, filesTotal: 2 });
    expect(told.at(-1)?.bytesDone).toBe(told.at(-1)?.bytesTotal);
  });
});

describe("a reading that fails half-way", () => {
  const spy = (sink: PackageSink) => {
    const abandoned: StoredFile[][] = [];
    return {
      abandoned,
      sink: { ...sink, abandon: async (stored: readonly StoredFile[]) => void abandoned.push([...stored]) },
    };
  };

  it("abandons what was stored when a later file turns out to be damaged", async () => {
    await writeFile(zip, courseAnd({ name: "broken", content: "x", crc: 1 }));
    const { abandoned, sink } = spy(createFolderSink(join(root, "store")));
    const reading = await readPackage(zip, { sink });
    expect(reading).toMatchObject({
      verdict: "not_playable",
      files: [],
      report: { failedStage: "files", title: "Course" },
    });
    expect(abandoned).toHaveLength(1);
    expect(abandoned[0]?.map((file) => file.path).sort()).toEqual(["imsmanifest.xml", "index.html"]);
  });

  it("passes on a fault of the sink after abandoning", async () => {
    await writeFile(zip, courseAnd());
    const full = { ...createFolderSink(join(root, "store")), put: () => Promise.reject(new Error("disk full")) };
    const { abandoned, sink } = spy(full);
    await expect(readPackage(zip, { sink })).rejects.toThrow("disk full");
    expect(abandoned).toEqual([[]]);
  });

  it("stops when it is told to, and leaves nothing behind", async () => {
    await writeFile(zip, courseAnd());
    const abort = new AbortController();
    const store = join(root, "store");
    const onProgress = ({ filesDone }: ImportProgress) => filesDone === 1 && abort.abort(new Error("cancelled"));
    const reading = readPackage(zip, { sink: createFolderSink(store), onProgress, signal: abort.signal });
    await expect(reading).rejects.toThrow("cancelled");
    expect(await readdir(store)).toEqual([]);
  });
});
