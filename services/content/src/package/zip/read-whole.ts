import type { FileHandle } from "node:fs/promises";
import type { PackageEntry } from "./package-entry.ts";
import { isSmall, locateData, unpackLarge, unpackSmall } from "./read-entry.ts";
import type { WindowReader } from "./window-reader.ts";

/** One entry in memory. The caller has checked that its size is bearable. */
export async function readWhole(file: FileHandle, reader: WindowReader, entry: PackageEntry): Promise<Buffer> {
  const start = await locateData(reader, entry);
  if (isSmall(entry)) return unpackSmall(entry, Buffer.from(await reader.view(start, entry.compressedSize)));
  const pieces: Buffer[] = [];
  for await (const piece of unpackLarge(file, entry, start)) pieces.push(piece);
  return Buffer.concat(pieces);
}
