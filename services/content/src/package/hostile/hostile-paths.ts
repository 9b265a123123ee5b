import { crc32 } from "node:zlib";
import { courseAnd, noted, ready, refused } from "./hostile-package.ts";
import type { RawEntry } from "./raw-zip.ts";

const evil =
  (name: string | Uint8Array, more: Partial<RawEntry> = {}) =>
  () =>
    courseAnd({ name, content: "evil", ...more });

/** Names that try to leave the package, that mean two things, or that no file should have. */
export const hostilePaths = [
  refused("a file above the package", "zip.path.traversal", evil("../evil.html")),
  refused("a file above the package by a detour", "zip.path.traversal", evil("a/b/../../../evil.html")),
  refused("a climb that ends inside", "zip.path.traversal", evil("a/../evil.html")),
  refused("a climb with backslashes", "zip.path.traversal", evil("..\\..\\evil.html")),
  refused("a climb with mixed slashes", "zip.path.traversal", evil("a\\../..\\evil.html")),
  refused("a climb that Windows makes of dots and blanks", "zip.path.traversal", evil("a/.. /evil.html")),
  refused("a folder above the package", "zip.path.traversal", evil("../evil/", { content: "" })),
  refused("a climb hidden in the Unicode path field", "zip.path.traversal", () => {
    const name = Buffer.from([0xe9, 0x2e, 0x74, 0x78, 0x74]);
    return courseAnd({ name, content: "evil", flags: 0, extra: unicodePath(name, "../evil.html") });
  }),
  refused("an absolute path", "zip.path.absolute", evil("/etc/cron.d/evil")),
  refused("an absolute Windows path", "zip.path.absolute", evil("C:\\Windows\\evil.dll")),
  refused("a path on a Windows drive", "zip.path.absolute", evil("c:evil.dll")),
  refused("a path on a Windows share", "zip.path.absolute", evil("\\\\server\\share\\evil.dll")),
  refused("a path with two slashes at its start", "zip.path.absolute", evil("//server/evil.html")),
  refused("a name with a NUL character", "zip.path.characters", evil("index.html\0.png")),
  refused("a name with a line break", "zip.path.characters", evil("evil\r\nSet-Cookie: a.html")),
  refused("a name with an escape sequence", "zip.path.characters", evil("\u001b[2Jevil.html")),
  refused("an empty name", "zip.path.empty", evil("")),
  refused("a name of one dot", "zip.path.empty", evil(".")),
  refused("a path that is too long", "zip.path.length", evil(`${"a".repeat(60_000)}.html`)),
  refused("a path that is too deep", "zip.path.depth", evil(`${"a/".repeat(60)}evil.html`)),
  refused("a file that is there twice", "zip.path.duplicate", evil("index.html")),
  refused("a file that is there twice, spelled differently", "zip.path.duplicate", evil("./index.html")),
  refused("a second manifest", "zip.path.duplicate", evil("imsmanifest.xml")),
  refused("names that differ in case", "zip.path.case", evil("INDEX.html")),
  refused("names that differ in the case of letters beyond ASCII", "zip.path.case", () =>
    courseAnd({ name: "ärger.html", content: "1" }, { name: "ÄRGER.html", content: "2" }),
  ),
  refused("names that differ in Unicode composition", "zip.path.duplicate", () =>
    courseAnd({ name: "caf\u00e9.html", content: "1" }, { name: "cafe\u0301.html", content: "2" }),
  ),
  refused("a file where a folder is", "zip.path.conflict", () =>
    courseAnd({ name: "media/a.png", content: "1" }, { name: "media", content: "2" }),
  ),
  refused("a folder where a file is", "zip.path.conflict", evil("index.html/evil.html")),
  refused("a folder with content", "zip.path.conflict", evil("media/")),
  noted(
    "overlong UTF-8 for a climb",
    "zip.path.encoding",
    evil(Buffer.from([0xc0, 0xae, 0xc0, 0xae, 0xc0, 0xaf, 0x61])),
  ),
  ready("a name that only looks like a climb once decoded", evil("%2e%2e%2fevil.html")),
  ready("a name that Windows reserves", evil("CON")),
  ready("a name with an alternate data stream", evil("media/a.html:evil.exe")),
  ready("a name that is a script", evil("<script>alert(1)</script>.html")),
];

function unicodePath(name: Uint8Array, path: string): Buffer {
  const text = Buffer.from(path);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + text.length, 2);
  field.writeUInt8(1, 4);
  field.writeUInt32LE(crc32(name), 5);
  return Buffer.concat([field, text]);
}
