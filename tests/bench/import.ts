import { execFileSync, spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { batchSink } from "@coursemesh/content/import/batch-sink.ts";
import { createFolderSink } from "@coursemesh/content/package/folder-sink.ts";
import { readPackage } from "@coursemesh/content/package/read-package.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { scorm12Manifest } from "@coursemesh/samples/scorm12-manifest.ts";
import { ZipFile } from "yazl";
import { median } from "./load/statistics.ts";

/**
 * Import of a 200 MB package beside `unzip`: both write every file, the import also hashes each and checks the manifest. Twice:
 * `read` leaves the bytes to the operating system, as unzip does; `store` is what the content service does, a batch of the blob store
 * that is on the disk, names and all, when it ends. Aim: under 1.5 times the time of unzip, under 300 MB of memory.
 *
 *     node tests/bench/import.ts
 */
const ROUNDS = 5;
const MEDIA_FILES = 8;
const MEDIA_BYTES = 21_500_000;
const SMALL_FILES = 3000;
const TIME_AIM = 1.5;
const MEMORY_AIM_MB = 300;

const ways = ["read", "store"] as const;
type Way = (typeof ways)[number];
interface Once {
  readonly seconds: number;
  /** Bytes. */
  readonly peak: number;
  readonly verdict: string;
}

const [role, zipPath = "", target = ""] = process.argv.slice(2);
if (role === "read" || role === "store") process.stdout.write(JSON.stringify(await importOnce(role)));
else if (role === "write") await writePackage(zipPath);
else await compare();

/**
 * In a process of its own, so that the peak of its memory is the import's. A process inherits the peak of the one that
 * started it, which is why that one does not build the package itself.
 */
async function importOnce(way: Way): Promise<Once> {
  const batch = way === "store" ? await (await diskBlobStore(target)).batch("bench") : undefined;
  const started = performance.now();
  const { verdict } = await readPackage(zipPath, { sink: batch ? batchSink(batch) : createFolderSink(target) });
  await batch?.publish();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, peak: process.resourceUsage().maxRSS * 1024, verdict };
}

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-import-"));
  try {
    const zip = join(folder, "package.zip");
    execFileSync(process.execPath, [import.meta.filename, "write", zip]);
    const packageMb = Math.round((await stat(zip)).size / 1e6);
    console.log(`package: ${packageMb} MB zipped, ${MEDIA_FILES} media files, ${SMALL_FILES} small files`);
    const hasUnzip = spawnSync("unzip", ["-v"]).status === 0;
    const imports: Record<Way, Once[]> = { read: [], store: [] };
    const unzips: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const way of ways) {
        const store = join(folder, `${way}-${round}`);
        const output = execFileSync(process.execPath, [import.meta.filename, way, zip, store], { encoding: "utf8" });
        const result = JSON.parse(output) as Once;
        if (result.verdict !== "ready") throw new Error(`The package was read as ${result.verdict}`);
        imports[way].push(result);
        await rm(store, { recursive: true });
      }
      if (hasUnzip) unzips.push(await timeUnzip(zip, join(folder, `unzip-${round}`)));
    }
    const unzip = hasUnzip ? median(unzips) : undefined;
    console.log(unzip === undefined ? "unzip: not installed, nothing to compare with" : `unzip  ${unzip.toFixed(2)} s`);
    const met = ways.map((way) => print(way, imports[way], unzip));
    process.exitCode = met.includes(false) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers whether the aims were met. */
function print(way: Way, all: readonly Once[], unzip: number | undefined): boolean {
  const seconds = median(all.map((it) => it.seconds));
  const peakMb = Math.max(...all.map((it) => it.peak)) / 1e6;
  const ratio = unzip === undefined ? 0 : seconds / unzip;
  console.log(
    `${way.padEnd(6)} ${seconds.toFixed(2)} s, ${ratio.toFixed(2)} of unzip (aim: under ${TIME_AIM}), peak memory of the process ${Math.round(peakMb)} MB (aim: under ${MEMORY_AIM_MB})`,
  );
  return ratio < TIME_AIM && peakMb < MEMORY_AIM_MB;
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
