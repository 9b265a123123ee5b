import { execFileSync, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createFolderSink } from "@coursemesh/content/package/folder-sink.ts";
import { readPackage } from "@coursemesh/content/package/read-package.ts";
import { scorm12Manifest } from "@coursemesh/samples/scorm12-manifest.ts";
import { ZipFile } from "yazl";

/**
 * Import of a 200 MB package beside `unzip`: both write every file to the disk, the import also hashes each and checks
 * the manifest. Aim: under 1.5 times the time of unzip, under 300 MB of memory.
 *
 *     node tests/bench/import.ts
 */
const ROUNDS = 5;
const MEDIA_FILES = 8;
const MEDIA_BYTES = 21_500_000;
const SMALL_FILES = 3000;
const TIME_AIM = 1.5;
const MEMORY_AIM_MB = 300;

const [role, zipPath = "", target = ""] = process.argv.slice(2);
if (role === "read") await readOnce();
else if (role === "write") await writePackage(zipPath);
else await compare();

/**
 * In a process of its own, so that the peak of its memory is the import's. A process inherits the peak of the one that
 * started it, which is why that one does not build the package itself.
 */
async function readOnce(): Promise<void> {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const reading = await readPackage(zipPath, { sink: createFolderSink(target) });
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ seconds, peak, growth: peak - before, verdict: reading.verdict }));
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-import-"));
  try {
    const zip = join(folder, "package.zip");
    execFileSync(process.execPath, [import.meta.filename, "write", zip]);
    const packageMb = Math.round((await stat(zip)).size / 1e6);
    console.log(`package: ${packageMb} MB zipped, ${MEDIA_FILES} media files, ${SMALL_FILES} small files`);
    const hasUnzip = spawnSync("unzip", ["-v"]).status === 0;
    const imports: number[] = [];
    const unzips: number[] = [];
    let peak = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const store = join(folder, `store-${round}`);
      const output = execFileSync(process.execPath, [import.meta.filename, "read", zip, store], { encoding: "utf8" });
      const result = JSON.parse(output) as { seconds: number; peak: number; verdict: string };
      if (result.verdict !== "ready") throw new Error(`The package was read as ${result.verdict}`);
      imports.push(result.seconds);
      peak = Math.max(peak, result.peak);
      await rm(store, { recursive: true });
      if (hasUnzip) unzips.push(await timeUnzip(zip, join(folder, `unzip-${round}`)));
    }
    print(median(imports), hasUnzip ? median(unzips) : undefined, peak / 1e6);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function print(seconds: number, unzip: number | undefined, peakMb: number): void {
  console.log(
    `import: ${seconds.toFixed(2)} s, peak memory of the process ${Math.round(peakMb)} MB (aim: under ${MEMORY_AIM_MB})`,
  );
  if (unzip === undefined) {
    console.log("unzip: not installed, so there is nothing to compare with");
    return;
  }
  console.log(`unzip:  ${unzip.toFixed(2)} s`);
  console.log(`ratio:  ${(seconds / unzip).toFixed(2)} (aim: under ${TIME_AIM})`);
}

async function timeUnzip(zip: string, folder: string): Promise<number> {
  const started = performance.now();
  execFileSync("unzip", ["-qo", zip, "-d", folder]);
  const seconds = (performance.now() - started) / 1000;
  await rm(folder, { recursive: true });
  return seconds;
}

/** Media that do not compress, as videos do not, and small files half of which are text. */
async function writePackage(path: string): Promise<void> {
  const random = generator(20_261_120);
  const zip = new ZipFile();
  const names = ["index.html"];
  const media = Array.from({ length: MEDIA_FILES }, (_, index) => `media/video-${index}.mp4`);
  const small = Array.from({ length: SMALL_FILES }, (_, index) => `pages/${index}.${index % 2 ? "html" : "png"}`);
  const manifest = scorm12Manifest(
    { identifier: "bench", title: "Bench", items: [{ identifier: "sco", title: "SCO", href: "index.html" }] },
    [...names, ...media, ...small],
  );
  zip.addBuffer(Buffer.from(manifest), "imsmanifest.xml");
  zip.addBuffer(Buffer.from("<!doctype html><title>Bench</title>"), "index.html");
  for (const name of media) zip.addBuffer(noise(random, MEDIA_BYTES), name);
  for (const name of small) {
    const bytes = 4000 + Math.floor(random() * 24_000);
    zip.addBuffer(name.endsWith("png") ? noise(random, bytes) : prose(random, bytes), name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

function noise(random: () => number, bytes: number): Buffer {
  const words = Uint32Array.from({ length: Math.ceil(bytes / 4) }, () => random() * 2 ** 32);
  return Buffer.from(words.buffer, 0, bytes);
}

function prose(random: () => number, bytes: number): Buffer {
  const words = ["learner", "course", "<p>", "</p>", "answer", "the", "question", "which", "lesson", "chapter"];
  let text = "";
  while (text.length < bytes) text += `${words[Math.floor(random() * words.length)]}${Math.floor(random() * 90)} `;
  return Buffer.from(text);
}

/** A small generator with a seed (mulberry32), so that every run packs the same bytes. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
