/** A file of the zip as its central directory describes it, after the checks that need no content. */
export interface PackageEntry {
  /** Safe path, see `safePath`. */
  readonly path: string;
  /** Name as its bytes stand in the directory, one character a byte; the local header must repeat it. */
  readonly rawName: string;
  /** Where the local header begins, bytes from the start of the zip. */
  readonly offset: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly crc32: number;
  readonly method: 0 | 8;
}
