/** A file of the package that has been stored. */
export interface StoredFile {
  /** Path relative to the manifest: `/` between folders, Unicode NFC, no leading slash. */
  readonly path: string;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

/** Where the files of a package go. Paths are never used as file names: content is stored under its hash. */
export interface PackageSink {
  /**
   * Stores one content. Up to four calls run at once. When the iterable throws, the promise must reject and nothing of that
   * content may stay behind. `hint.size` is what the zip declares; the iterable never yields more.
   */
  put(content: PackageContent, hint: { readonly path: string; readonly size: number }): Promise<StoredContent>;
  /** The package is refused or the reading has failed: what it stored is not needed (unless another package has the same content). */
  abandon(stored: readonly StoredFile[]): Promise<void>;
}

/** Content whole (small files) or in pieces. The buffers may be kept by the receiver. */
export type PackageContent = Uint8Array | AsyncIterable<Uint8Array>;

/** What a sink says about a stored content. */
export interface StoredContent {
  readonly hash: string;
  readonly size: number;
}
