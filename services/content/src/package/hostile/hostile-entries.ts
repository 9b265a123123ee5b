import { courseAnd, refused } from "./hostile-package.ts";
import type { RawEntry } from "./raw-zip.ts";

const entry = (more: Partial<RawEntry>) => () => courseAnd({ name: "evil", content: "/etc/passwd", ...more });

/** Entries that are no files, that cannot be read, or whose two records disagree. */
export const hostileEntries = [
  refused("a symbolic link", "zip.special", entry({ mode: 0o120777, method: 0 })),
  refused("a symbolic link in place of the start page", "zip.special", () =>
    courseAnd({ name: "start.html", content: "../../secret", mode: 0o120777 }),
  ),
  refused("a symbolic link that Windows claims to have made", "zip.special", entry({ mode: 0o120777, host: 0 })),
  refused("a Windows reparse point", "zip.special", entry({ host: 10, attributes: 0x400 })),
  refused("a character device", "zip.special", entry({ mode: 0o020666 })),
  refused("a block device", "zip.special", entry({ mode: 0o060666 })),
  refused("a pipe", "zip.special", entry({ mode: 0o010666 })),
  refused("a socket", "zip.special", entry({ mode: 0o140666 })),
  refused("an encrypted file", "zip.encrypted", entry({ flags: 0x801, method: 0, size: 11, compressedSize: 11 })),
  refused("a strongly encrypted file", "zip.encrypted", entry({ flags: 0x841 })),
  refused("an AES-encrypted file", "zip.encrypted", entry({ flags: 0x801, method: 99 })),
  refused("Deflate64", "zip.method", entry({ method: 9 })),
  refused("bzip2", "zip.method", entry({ method: 12 })),
  refused("LZMA", "zip.method", entry({ method: 14 })),
  refused("Zstandard", "zip.method", entry({ method: 93 })),
  refused("a method that does not exist", "zip.method", entry({ method: 4711 })),
  refused("another name in the local header", "zip.entry.mismatch", entry({ local: { name: "good" } })),
  refused("a climb in the local header only", "zip.entry.mismatch", entry({ local: { name: "../e" } })),
  refused("another method in the local header", "zip.entry.mismatch", entry({ local: { method: 0 } })),
  refused("another size in the local header", "zip.entry.mismatch", entry({ local: { size: 1 } })),
  refused("no local header where one should be", "zip.entry.mismatch", entry({ local: { signature: 0x11223344 } })),
  refused("a wrong checksum", "zip.entry.checksum", entry({ crc: 0xdeadbeef })),
  refused("a wrong checksum of a stored file", "zip.entry.checksum", entry({ crc: 0xdeadbeef, method: 0 })),
  refused("a damaged deflate stream", "zip.entry.broken", entry({ data: Buffer.from([0xff, 0xff, 0xff, 0xff]) })),
  refused("a deflate stream that stops half-way", "zip.entry.broken", () => {
    const content = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 251));
    return courseAnd({ name: "evil", content, data: Buffer.from([0xed, 0xc0]) });
  }),
  refused("bytes after the deflate stream", "zip.entry.size", () =>
    courseAnd({ name: "evil", content: "", data: Buffer.from([0x03, 0x00, 0x41, 0x42]), size: 0, crc: 0 }),
  ),
  refused("a stored file whose two sizes differ", "zip.entry.size", entry({ method: 0, size: 5 })),
  refused("a file that is shorter than stated", "zip.entry.size", entry({ size: 5000 })),
];
