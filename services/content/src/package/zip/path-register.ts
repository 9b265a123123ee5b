import { foldPath } from "@coursemesh/scorm/manifest/file-index.ts";
import { refusal } from "../package-refusal.ts";

/** Refuses paths that are there twice, that differ only in case or composition of letters, or that are a file and a folder at once. */
export class PathRegister {
  readonly #files = new Map<string, string>();
  readonly #folders = new Set<string>();

  addFile(path: string): void {
    const key = foldPath(path);
    const other = this.#files.get(key);
    if (other === path) throw refusal("zip.path.duplicate", { name: path });
    if (other !== undefined) throw refusal("zip.path.case", { name: path, other });
    if (this.#folders.has(key)) throw refusal("zip.path.conflict", { name: path });
    this.#files.set(key, path);
    this.#addParents(path, key);
  }

  addFolder(path: string): void {
    const key = foldPath(path);
    if (this.#files.has(key)) throw refusal("zip.path.conflict", { name: path });
    this.#folders.add(key);
    this.#addParents(path, key);
  }

  #addParents(path: string, key: string): void {
    for (let end = key.lastIndexOf("/"); end > 0; end = key.lastIndexOf("/", end - 1)) {
      const folder = key.slice(0, end);
      if (this.#files.has(folder)) throw refusal("zip.path.conflict", { name: path });
      if (this.#folders.has(folder)) return;
      this.#folders.add(folder);
    }
  }
}
