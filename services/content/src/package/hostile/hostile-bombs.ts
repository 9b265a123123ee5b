import { deflateRawSync } from "node:zlib";
import { courseAnd, goodCourse, ready, refused } from "./hostile-package.ts";
import { type RawEntry, rawZip } from "./raw-zip.ts";

const MIB = 1024 * 1024;

/** Zeros, compressed a thousand times; the same bytes serve every bomb. */
const zeros = (megabytes: number): Buffer => deflateRawSync(Buffer.alloc(megabytes * MIB), { level: 9 });

/** Packages that want more memory, disk or time than they look like. */
export const hostileBombs = [
  refused("one file of 64 MiB of zeros", "zip.file-ratio", () =>
    courseAnd({ name: "zeros", data: zeros(64), size: 64 * MIB, crc: 1 }),
  ),
  refused("a small ratio a file, a large one together", "zip.ratio", () => {
    const data = zeros(12);
    const files = Array.from({ length: 12 }, (_, index) => ({ name: `z${index}`, data, size: 12 * MIB, crc: 1 }));
    return rawZip([...goodCourse(), ...files]);
  }),
  refused("more bytes together than are allowed", "zip.total", () => courseAnd(...stored(3, 400 * 1024)), {
    totalBytes: MIB,
  }),
  refused("one file larger than is allowed", "zip.file-size", () => courseAnd(...stored(1, 2 * MIB)), {
    fileBytes: MIB,
  }),
  refused("a zip larger than is allowed", "zip.size", () => courseAnd(...stored(1, 2 * MIB)), { packageBytes: MIB }),
  refused("a file that claims four gigabytes", "zip.file-size", () =>
    courseAnd({ name: "claim", content: "x", size: 0xfffffffe }),
  ),
  refused("a file that claims sixteen exabytes", "zip.file-size", () =>
    courseAnd({ name: "claim", content: "x", method: 8, size: Number.MAX_SAFE_INTEGER, zip64: true }),
  ),
  refused("a small file that unpacks to a large one", "zip.entry.size", () =>
    courseAnd({ name: "lie", data: zeros(64), size: 100, crc: 1 }),
  ),
  refused("a large file that unpacks to a larger one", "zip.entry.size", () =>
    courseAnd({ name: "lie", data: zeros(64), size: 8 * MIB, crc: 1 }),
  ),
  refused("twenty thousand and more files", "zip.files", () => {
    const files = Array.from({ length: 20_001 }, (_, index) => ({ name: `f${index}`, content: "", method: 0 }));
    return rawZip([...goodCourse(), ...files]);
  }),
  refused("a claim of a million million entries", "zip.files", () => rawZip(goodCourse(), { zip64Count: 10 ** 12 })),
  refused("fewer entries claimed than there are allowed, more found", "zip.files", () => courseAnd(...stored(20, 1)), {
    files: 10,
  }),
  refused("files that share the same bytes", "zip.overlap", () => {
    const first = { name: "first", content: "x".repeat(5000), method: 0 };
    const shared = Array.from({ length: 50 }, (_, index) => ({ ...first, name: `again${index}`, offset: 0 }));
    return rawZip([first, ...goodCourse(), ...shared]);
  }),
  refused("files that reach into each other", "zip.overlap", () => {
    const first = { name: "first", content: "x".repeat(5000), method: 0 };
    return rawZip([first, ...goodCourse(), { name: "inner", content: "x".repeat(100), method: 0, offset: 1000 }]);
  }),
  refused("a file that reaches into the directory", "zip.overlap", () =>
    courseAnd({ name: "long", content: "x", method: 0, size: 500, compressedSize: 500 }),
  ),
  refused("zips inside a zip", "package.nested-zip", () => {
    const inner = rawZip([{ name: "zeros", data: zeros(16), size: 16 * MIB, crc: 1 }]);
    return rawZip([{ name: "inner.zip", content: inner, method: 0 }]);
  }),
  ready("a bomb as a file of a course, which nobody opens", () =>
    courseAnd({
      name: "download.zip",
      content: rawZip([{ name: "zeros", data: zeros(16), size: 16 * MIB, crc: 1 }]),
      method: 0,
    }),
  ),
  ready("a blank picture that compresses a thousand times", () =>
    courseAnd({ name: "blank.bmp", content: Buffer.alloc(2 * MIB) }),
  ),
];

function stored(count: number, bytes: number): RawEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `data${index}`,
    content: Buffer.alloc(bytes, index + 1),
    method: 0,
  }));
}
