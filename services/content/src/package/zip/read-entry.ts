import type { FileHandle } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, crc32, createInflateRaw, type InflateRaw, inflateRaw } from "node:zlib";
import { PackageRefusal, refusal } from "../package-refusal.ts";
import type { PackageEntry } from "./package-entry.ts";
import type { WindowReader } from "./window-reader.ts";

const LOCAL_HEADER = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const ENCRYPTED = 0x1;
const SIZES_FOLLOW = 0x8;
const ZIP64 = 0xffffffff;
const CHUNK = 64 * 1024;

/** Entries up to these sizes are read whole, larger ones in pieces of 64 KiB. */
const SMALL_COMPRESSED = 256 * 1024;
const SMALL = 1024 * 1024;

const inflateWhole = promisify(
  inflateRaw as (
    data: Uint8Array,
    options: object,
    done: (error: Error | null, result: { buffer: Buffer; engine: { bytesWritten: number } }) => void,
  ) => void,
);

/** Tells whether an entry is read whole. */
export function isSmall(entry: PackageEntry): boolean {
  return entry.compressedSize <= SMALL_COMPRESSED && entry.size <= SMALL;
}

/** Checks that the local header repeats what the directory says, and returns where the data begin. */
export async function locateData(reader: WindowReader, entry: PackageEntry): Promise<number> {
  const name = entry.path;
  const header = await reader.view(entry.offset, LOCAL_HEADER + entry.rawName.length);
  if (header.length < LOCAL_HEADER + entry.rawName.length || header.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    throw refusal("zip.entry.mismatch", { name, what: "position" });
  }
  const flags = header.readUInt16LE(6);
  const differs = (what: string) => refusal("zip.entry.mismatch", { name, what });
  if ((flags & ENCRYPTED) !== 0) throw differs("encryption");
  if (header.readUInt16LE(8) !== entry.method) throw differs("compression");
  const nameLength = header.readUInt16LE(26);
  if (nameLength !== entry.rawName.length) throw differs("name");
  if (header.toString("latin1", LOCAL_HEADER, LOCAL_HEADER + nameLength) !== entry.rawName) throw differs("name");
  if ((flags & SIZES_FOLLOW) === 0) {
    const compressed = header.readUInt32LE(18);
    const size = header.readUInt32LE(22);
    if (compressed !== ZIP64 && compressed !== entry.compressedSize) throw differs("size");
    if (size !== ZIP64 && size !== entry.size) throw differs("size");
  }
  return entry.offset + LOCAL_HEADER + nameLength + header.readUInt16LE(28);
}

/** Decompresses a small entry, and checks size and checksum. */
export async function unpackSmall(entry: PackageEntry, compressed: Buffer): Promise<Buffer> {
  const name = entry.path;
  if (compressed.length !== entry.compressedSize) throw refusal("zip.entry.broken", { name, detail: "cut off" });
  let content = compressed;
  // Some tools mark empty files as deflated without writing the two bytes that an empty stream takes.
  if (entry.method === 8 && compressed.length > 0) {
    const options = { info: true, maxOutputLength: Math.max(entry.size, 1), chunkSize: chunkFor(entry.size) };
    const result = await inflateWhole(compressed, options).catch((error: unknown) => {
      throw translate(error, name);
    });
    if (result.engine.bytesWritten !== compressed.length) throw refusal("zip.entry.size", { name });
    content = result.buffer;
  }
  if (content.length !== entry.size) throw refusal("zip.entry.size", { name });
  if (crc32(content) !== entry.crc32) throw refusal("zip.entry.checksum", { name });
  return content;
}

/** Yields a large entry in pieces, and throws as soon as it is longer than declared; size and checksum are checked at the end. */
export async function* unpackLarge(
  file: FileHandle,
  entry: PackageEntry,
  dataStart: number,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const name = entry.path;
  let size = 0;
  let checksum = 0;
  const pieces = readRange(file, dataStart, entry.compressedSize, name);
  const inflate = entry.method === 8 ? inflated(pieces) : undefined;
  try {
    for await (const piece of inflate ?? pieces) {
      signal?.throwIfAborted();
      size += piece.length;
      if (size > entry.size) throw refusal("zip.entry.size", { name });
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (error) {
    throw translate(error, name);
  }
  if (size !== entry.size || (inflate && inflate.bytesWritten !== entry.compressedSize)) {
    throw refusal("zip.entry.size", { name });
  }
  if (checksum !== entry.crc32) throw refusal("zip.entry.checksum", { name });
}

function inflated(pieces: AsyncGenerator<Buffer>): InflateRaw {
  const inflate = createInflateRaw({ chunkSize: CHUNK });
  // The error reaches the reader of `inflate`, which pipeline destroys.
  pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), inflate, () => {});
  return inflate;
}

async function* readRange(file: FileHandle, start: number, length: number, name: string): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; ) {
    const wanted = Math.min(CHUNK, length - done);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(wanted), 0, wanted, start + done);
    if (bytesRead === 0) throw refusal("zip.entry.broken", { name, detail: "cut off" });
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** One allocation for the expected result, one byte longer so that zlib sees the end of the stream. */
function chunkFor(size: number): number {
  return Math.max(constants.Z_MIN_CHUNK, size + 1);
}

function translate(error: unknown, name: string): unknown {
  if (error instanceof PackageRefusal || !(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ERR_BUFFER_TOO_LARGE") return refusal("zip.entry.size", { name });
  if (typeof error.code !== "string" || !error.code.startsWith("Z_")) return error;
  return refusal("zip.entry.broken", { name, detail: error.message });
}
