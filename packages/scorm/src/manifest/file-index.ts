/** Answers which files a package has. Paths are relative to the manifest, with `/`, in Unicode NFC, without a leading slash. */
export interface FileIndex {
  readonly size: number;
  /** The file of exactly this path, or the one that differs only in the case of letters. */
  find(path: string): FoundFile | undefined;
  paths(): Iterable<string>;
}

/** A file of the package. */
export interface FoundFile {
  /** The path as it stands in the package. */
  readonly path: string;
  /** False when only the case of letters differs from what was asked for. */
  readonly exact: boolean;
}

/** Key under which names that differ only in case or in Unicode composition are equal. */
export function foldPath(path: string): string {
  return path.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC");
}

/** Builds the index over normalised paths. */
export function createFileIndex(paths: Iterable<string>): FileIndex {
  const exact = new Set<string>();
  const folded = new Map<string, string>();
  for (const path of paths) {
    exact.add(path);
    folded.set(foldPath(path), path);
  }
  return {
    size: exact.size,
    find(path) {
      const wanted = path.normalize("NFC");
      if (exact.has(wanted)) return { path: wanted, exact: true };
      const other = folded.get(foldPath(wanted));
      return other === undefined ? undefined : { path: other, exact: false };
    },
    paths: () => exact,
  };
}
