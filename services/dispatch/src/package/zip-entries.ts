import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";

/** A file in a zip. */
export interface ZipEntry {
  readonly path: string;
  /** Unpacked. */
  readonly size: number;
  /** SHA-256 of the content in hexadecimal. */
  readonly sha256: string;
  /** Content of small files; undefined for others. */
  readonly bytes: Buffer | undefined;
}

const SMALL_BYTES = 1024 * 1024;

/** Bytes of a zip, wherever they are. */
class StoredZip extends yauzl.RandomAccessReader {
  readonly #read: (start: number, end: number) => Readable;

  constructor(read: (start: number, end: number) => Readable) {
    super();
    this.#read = read;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.#read(start, end);
  }
}

/** Reads the files of a zip in their order, one at a time. @param read gives the bytes from `start` up to and without `end`. */
export async function* zipEntries(
  read: (start: number, end: number) => Readable,
  size: number,
): AsyncGenerator<ZipEntry> {
  const zip = await yauzl.fromRandomAccessReaderPromise(new StoredZip(read), size, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    const content = await zip.openReadStreamPromise(entry);
    const { fileName: path, uncompressedSize } = entry;
    if (uncompressedSize <= SMALL_BYTES) {
      const bytes = await buffer(content);
      yield { path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), bytes };
    } else {
      const hash = createHash("sha256");
      for await (const chunk of content) hash.update(chunk);
      yield { path, size: uncompressedSize, sha256: hash.digest("hex"), bytes: undefined };
    }
  }
}
