import yauzl, { type Entry, type ZipFile } from "yauzl";
import type { PackageLimits } from "../package-limits.ts";
import { PackageRefusal, refusal } from "../package-refusal.ts";
import { checkEntry } from "./check-entry.ts";
import { decodeName, isMarkedUtf8, safePath } from "./entry-path.ts";
import type { PackageEntry } from "./package-entry.ts";
import { PathRegister } from "./path-register.ts";
import type { WindowReader } from "./window-reader.ts";

/** The files of a zip in the order in which they lie in it, and what was forgiven. */
export interface ZipDirectory {
  readonly entries: readonly PackageEntry[];
  /** Entries, folders included. */
  readonly count: number;
  readonly totalBytes: number;
  /** Names with backslashes, and names whose character set had to be guessed: how many, and the first one. */
  readonly backslashes: Forgiven;
  readonly guessed: Forgiven;
}

/** How often something was forgiven, with one example. */
export interface Forgiven {
  readonly count: number;
  readonly example: string;
}

/**
 * Reads the central directory and refuses what can be refused by it. Nothing of any file is read. Memory: some hundred
 * bytes an entry, and the number of entries is limited before they are read.
 */
export async function readDirectory(
  reader: WindowReader,
  zipBytes: number,
  limits: PackageLimits,
  signal?: AbortSignal,
): Promise<ZipDirectory> {
  const zip = await openZip(reader, zipBytes);
  // Declared by yauzl's types as something else; it is the offset of the next directory record.
  const directoryStart = Number(zip.readEntryCursor);
  if (zip.entryCount > limits.files) throw tooMany(zip.entryCount, limits);
  const collected = new Collector(limits, zipBytes);
  try {
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted();
      collected.add(entry);
    }
  } catch (error) {
    throw error instanceof PackageRefusal || signal?.aborted ? error : translate(error);
  }
  return collected.finish(directoryStart);
}

class Collector {
  readonly #limits: PackageLimits;
  readonly #zipBytes: number;
  readonly #entries: PackageEntry[] = [];
  readonly #register = new PathRegister();
  readonly #forgiven = { backslashes: { count: 0, example: "" }, guessed: { count: 0, example: "" } };
  #count = 0;
  #total = 0;

  constructor(limits: PackageLimits, zipBytes: number) {
    this.#limits = limits;
    this.#zipBytes = zipBytes;
  }

  add(entry: Entry): void {
    const limits = this.#limits;
    this.#count += 1;
    if (this.#count > limits.files) throw tooMany(this.#count, limits);
    // With decodeStrings off, the name is a buffer; `fileNameRaw` is the same in every mode.
    const bytes = entry.fileNameRaw;
    const { name, guessed } = decodeName({
      bytes,
      markedUtf8: isMarkedUtf8(entry.generalPurposeBitFlag),
      extraFields: entry.extraFields,
    });
    const isFolder = /[/\\]$/.test(name);
    const path = safePath(name, limits);
    checkEntry(entry, name, isFolder, limits);
    if (name.includes("\\")) this.#forgive("backslashes", name);
    if (guessed) this.#forgive("guessed", name);
    if (path === "") {
      if (isFolder) return;
      throw refusal("zip.path.empty");
    }
    if (isFolder) {
      this.#register.addFolder(path);
      return;
    }
    this.#register.addFile(path);
    this.#total += entry.uncompressedSize;
    this.#checkTotal();
    this.#entries.push({
      path,
      rawName: Buffer.from(bytes).toString("latin1"),
      offset: entry.relativeOffsetOfLocalHeader,
      compressedSize: entry.compressedSize,
      size: entry.uncompressedSize,
      crc32: entry.crc32,
      method: entry.compressionMethod === 8 ? 8 : 0,
    });
  }

  finish(directoryStart: number): ZipDirectory {
    const entries = this.#entries.sort((a, b) => a.offset - b.offset);
    let end = 0;
    for (const entry of entries) {
      if (entry.offset < end) throw refusal("zip.overlap", { name: entry.path });
      end = entry.offset + 30 + entry.rawName.length + entry.compressedSize;
      if (end > directoryStart) throw refusal("zip.overlap", { name: entry.path });
    }
    if (entries.length === 0) throw refusal("zip.empty");
    return { entries, count: this.#count, totalBytes: this.#total, ...this.#forgiven };
  }

  #checkTotal(): void {
    const limits = this.#limits;
    if (this.#total > limits.totalBytes) throw refusal("zip.total", { limit: String(limits.totalBytes) });
    const ratio = this.#total / this.#zipBytes;
    if (this.#total > limits.ratioFloorBytes && ratio > limits.totalRatio) {
      throw refusal("zip.ratio", { ratio: String(Math.round(ratio)), limit: String(limits.totalRatio) });
    }
  }

  #forgive(what: "backslashes" | "guessed", name: string): void {
    const forgiven = this.#forgiven[what];
    if (forgiven.count === 0) forgiven.example = name;
    forgiven.count += 1;
  }
}

function openZip(reader: WindowReader, zipBytes: number): Promise<ZipFile> {
  const options = { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: false };
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(reader, zipBytes, options, (error, zip) => {
      if (error) reject(translate(error));
      else resolve(zip);
    });
  });
}

/** Turns an error of yauzl into a refusal; faults of the file system stay what they are. */
function translate(error: unknown): unknown {
  if (!(error instanceof Error) || "code" in error) return error;
  const { message } = error;
  if (/multi-disk/.test(message)) return refusal("zip.parts");
  if (/encryption/.test(message)) return refusal("zip.encrypted", { name: "The zip" });
  return refusal("zip.broken", { detail: detailOf(message) });
}

/** yauzl's messages in words for people. */
function detailOf(message: string): string {
  if (/signature not found/.test(message)) return "its end is missing";
  if (/comment length/.test(message)) return "there are extra bytes at its end";
  if (/unexpected EOF|out of range|out-of-bounds/.test(message)) return "it is cut off";
  if (/central directory file header signature/.test(message)) return "a record is not where it should be";
  if (/extra field/.test(message)) return "a record is longer than it says";
  if (/zip64/.test(message)) return "its 64-bit records do not fit together";
  return "its records do not fit together";
}

function tooMany(count: number, limits: PackageLimits): PackageRefusal {
  return refusal("zip.files", { count: String(count), limit: String(limits.files) });
}
