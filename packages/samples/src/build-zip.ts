import { ZipFile } from "yazl";

/** One file of a zip to be built. */
export interface ZipContent {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** False stores the file as it is. Default: deflate. */
  readonly compress?: boolean;
}

/** The same bytes for the same content on every day and machine. Local time, because that is what the zip's own timestamp holds. */
const MTIME = new Date(2026, 0, 1);
const MODE = 0o100644;

/** Builds a zip in memory. Entries keep their order. */
export async function buildZip(contents: readonly ZipContent[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, content, compress = true } of contents) {
    zip.addBuffer(Buffer.from(content), path, { mtime: MTIME, mode: MODE, compress, forceDosTimestamp: true });
  }
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
