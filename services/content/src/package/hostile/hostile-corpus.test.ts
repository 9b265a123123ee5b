import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolderSink } from "../folder-sink.ts";
import { readPackage } from "../read-package.ts";
import { hostileCorpus } from "./hostile-corpus.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hostile-"));
  await mkdir(join(root, "store"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("the hostile corpus", () => {
  it("holds more than a hundred packages with names of their own", () => {
    expect(new Set(hostileCorpus.map((each) => each.name)).size).toBe(hostileCorpus.length);
    expect(hostileCorpus.length).toBeGreaterThan(100);
  });

  it.each(hostileCorpus)("$name: $verdict $rule", async ({ build, verdict, rule, line, limits }) => {
    const zip = join(root, "package.zip");
    await writeFile(zip, build());
    const store = join(root, "store", "content");
    const reading = await readPackage(zip, { sink: createFolderSink(store), limits });

    const { report } = reading;
    const rules = report.findings.map((finding) => finding.rule);
    expect({ verdict: report.verdict, rules }).toEqual({ verdict, rules: rule ? expect.arrayContaining([rule]) : [] });
    expect(reading.verdict).toBe(verdict);
    const lines = report.findings.filter((finding) => finding.rule === rule).map((finding) => finding.line);
    if (line !== undefined) expect(lines).toContain(line);
    for (const finding of report.findings) {
      for (const sentence of [finding.title, finding.meaning, finding.fix]) {
        expect(sentence).toMatch(/^[\s\S]{8,700}$/);
        expect(sentence).not.toMatch(/\{\w+\}|undefined|NaN/);
      }
    }

    // Not a byte outside the folder, and nothing of a refused package inside it.
    expect(await readdir(root)).toEqual(["package.zip", "store"]);
    expect((await readdir(join(root, "store"))).filter((name) => name !== "content")).toEqual([]);
    const kept = await readdir(store).catch(() => []);
    expect(kept.sort()).toEqual([...new Set(reading.files.map((file) => file.hash))].sort());
  });
});
