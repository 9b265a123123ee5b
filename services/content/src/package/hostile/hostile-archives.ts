import { goodCourse, noted, ready, refused } from "./hostile-package.ts";
import { rawZip } from "./raw-zip.ts";

const good = () => rawZip(goodCourse());
const starting =
  (...bytes: number[]) =>
  () =>
    Buffer.concat([Buffer.from(bytes), Buffer.alloc(600, 0x11)]);
const text = (content: string) => () => Buffer.from(content);

/** Files that are no zips, zips that are broken, and zips that only look so. */
export const hostileArchives = [
  refused("an empty file", "zip.not-zip", () => Buffer.alloc(0)),
  refused("a RAR archive", "zip.not-zip", starting(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07)),
  refused("a 7-Zip archive", "zip.not-zip", starting(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)),
  refused("a Windows program", "zip.not-zip", starting(0x4d, 0x5a, 0x90, 0x00)),
  refused("a self-extracting program that ends in a good zip", "zip.not-zip", () =>
    rawZip(goodCourse(), { prefix: Buffer.concat([Buffer.from("MZ"), Buffer.alloc(2000)]) }),
  ),
  refused("a picture that ends in a good zip", "zip.not-zip", () =>
    rawZip(goodCourse(), { prefix: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) }),
  ),
  refused("a gzip file", "zip.not-zip", starting(0x1f, 0x8b, 0x08)),
  refused("a PDF document", "zip.not-zip", text("%PDF-1.7\n")),
  refused("a sign-in page saved as a zip", "zip.not-zip", text("<!DOCTYPE html><html><title>Sign in</title></html>")),
  refused("a bare manifest", "zip.not-zip", text('<?xml version="1.0"?><manifest/>')),
  refused("a text file", "zip.not-zip", text("this is not a zip")),
  refused("random bytes", "zip.not-zip", starting(0x00, 0x01, 0x02, 0x03)),
  refused("a zip without entries", "zip.empty", () => rawZip([])),
  refused("a zip with folders only", "zip.empty", () => rawZip([{ name: "a/" }, { name: "a/b/" }])),
  refused("half a zip", "zip.broken", () => good().subarray(0, 300)),
  refused("a zip without its last bytes", "zip.broken", () => good().subarray(0, -4)),
  refused("a zip signature and nothing else", "zip.broken", () => Buffer.from([0x50, 0x4b, 3, 4])),
  refused("bytes after the end", "zip.broken", () => rawZip(goodCourse(), { suffix: Buffer.from("trailing") })),
  refused("a comment that looks like an end", "zip.broken", () =>
    rawZip(goodCourse(), { comment: Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6]), Buffer.alloc(40)]) }),
  ),
  refused("a directory that lies beyond the end", "zip.broken", () =>
    rawZip(goodCourse(), { directoryOffset: 99_999 }),
  ),
  refused("a directory that begins in the middle of a file", "zip.broken", () =>
    rawZip(goodCourse(), { directoryOffset: 17 }),
  ),
  refused("more entries claimed than there are", "zip.broken", () => rawZip(goodCourse(), { count: 9 })),
  refused("an extra field longer than its record", "zip.broken", () =>
    rawZip([...goodCourse(), { name: "a", extra: Buffer.from([1, 2, 0xff, 0x7f]) }]),
  ),
  refused("64-bit records that point nowhere", "zip.broken", () => {
    const zip = rawZip(goodCourse(), { zip64Count: 2 });
    zip.writeBigUInt64LE(2n ** 40n, zip.length - 22 - 12);
    return zip;
  }),
  refused("one part of several", "zip.parts", () => rawZip(goodCourse(), { disk: 1 })),
  refused("a damaged byte in the manifest", "zip.entry.checksum", () => {
    const entries = goodCourse().map((entry) => ({ ...entry, method: 0 }));
    const zip = rawZip(entries);
    zip[120] = (zip[120] ?? 0) ^ 1;
    return zip;
  }),
  ready("an honest zip with 64-bit records", () =>
    rawZip(
      goodCourse().map((entry) => ({ ...entry, zip64: true })),
      { zip64Count: 2 },
    ),
  ),
  ready("sizes that follow the data", () => rawZip(goodCourse().map((entry) => ({ ...entry, descriptor: true })))),
  ready("a comment at the end", () => rawZip(goodCourse(), { comment: Buffer.from("made by hand") })),
  ready("files that are stored", () => rawZip(goodCourse().map((entry) => ({ ...entry, method: 0 })))),
  ready("an empty file marked as deflated without data", () =>
    rawZip([...goodCourse(), { name: "empty", data: Buffer.alloc(0) }]),
  ),
  noted("names with backslashes", "zip.path.backslash", () =>
    rawZip([...goodCourse(), { name: "media\\pictures\\a.png", content: "x" }]),
  ),
  noted("names in an old code page", "zip.path.encoding", () =>
    rawZip([...goodCourse(), { name: Buffer.from([0x81, 0x62, 0x65, 0x72]), content: "x", flags: 0 }]),
  ),
];
