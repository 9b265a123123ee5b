import type { Entry } from "yauzl";
import type { PackageLimits } from "../package-limits.ts";
import { refusal } from "../package-refusal.ts";

const UNIX_HOSTS = [3, 19];
const WINDOWS_HOSTS = [0, 10, 11, 14];
const FILE_TYPE = 0o170000;
const REPARSE_POINT = 0x400;
const ENCRYPTED = 0x1;
const STRONGLY_ENCRYPTED = 0x40;

const SYMBOLIC_LINK = 0o120000;
const SPECIAL_FILES = new Map([
  [SYMBOLIC_LINK, "a symbolic link"],
  [0o010000, "a pipe"],
  [0o020000, "a device"],
  [0o060000, "a device"],
  [0o140000, "a socket"],
]);

const METHODS: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  12: "bzip2",
  14: "LZMA",
  19: "LZ77",
  20: "Zstandard",
  93: "Zstandard",
  95: "XZ",
  98: "PPMd",
};

/** Refuses links, devices, encryption, unknown compression and files beyond the limits, by what the directory says of one entry. */
export function checkEntry(entry: Entry, name: string, isFolder: boolean, limits: PackageLimits): void {
  const special = specialKind(entry);
  if (special) throw refusal("zip.special", { name, kind: special });
  if ((entry.generalPurposeBitFlag & (ENCRYPTED | STRONGLY_ENCRYPTED)) !== 0) throw refusal("zip.encrypted", { name });
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    const method = METHODS[entry.compressionMethod] ?? `method ${entry.compressionMethod}`;
    throw refusal("zip.method", { name, method });
  }
  const { uncompressedSize: size, compressedSize } = entry;
  if (entry.compressionMethod === 0 && size !== compressedSize) throw refusal("zip.entry.size", { name });
  if (isFolder && size > 0) throw refusal("zip.path.conflict", { name });
  if (size > limits.fileBytes) {
    throw refusal("zip.file-size", { name, size: String(size), limit: String(limits.fileBytes) });
  }
  const ratio = size / Math.max(compressedSize, 1);
  if (size > limits.ratioFloorBytes / 8 && ratio > limits.fileRatio) {
    throw refusal("zip.file-ratio", { name, ratio: String(Math.round(ratio)), limit: String(limits.fileRatio) });
  }
}

function specialKind(entry: Entry): string | undefined {
  const host = entry.versionMadeBy >>> 8;
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  // A symbolic link is refused whoever claims to have made it; other types only mean something from Unix.
  if (type === SYMBOLIC_LINK || UNIX_HOSTS.includes(host)) {
    const kind = SPECIAL_FILES.get(type);
    if (kind) return kind;
  }
  if (WINDOWS_HOSTS.includes(host) && (entry.externalFileAttributes & REPARSE_POINT) !== 0) return "a link";
  return undefined;
}
