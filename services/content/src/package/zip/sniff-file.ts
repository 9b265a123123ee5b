/** Beginnings by which common files are known; the words complete the sentence "This file is …, not a zip". */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x52, 0x61, 0x72, 0x21], "a RAR archive"],
  [[0x37, 0x7a, 0xbc, 0xaf], "a 7-Zip archive"],
  [[0x1f, 0x8b], "a gzip file"],
  [[0x42, 0x5a, 0x68], "a bzip2 file"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz file"],
  [[0x4d, 0x5a], "a Windows program"],
  [[0x7f, 0x45, 0x4c, 0x46], "a Linux program"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF document"],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Microsoft Office document"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG picture"],
  [[0xff, 0xd8, 0xff], "a JPEG picture"],
  [[0x47, 0x49, 0x46, 0x38], "a GIF picture"],
  [[0x49, 0x44, 0x33], "an MP3 sound"],
  [[0x4d, 0x53, 0x43, 0x46], "a Windows cabinet file"],
];

/** Says what a file is when its beginning is not that of a zip; `undefined` for a zip. */
export function sniffNonZip(head: Uint8Array): string | undefined {
  if (head.length === 0) return "an empty file";
  if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) {
    return undefined;
  }
  const known = SIGNATURES.find(([bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (known) return known[1];
  if (Buffer.from(head.subarray(4, 8)).toString("latin1") === "ftyp") return "an MP4 video";
  if (Buffer.from(head.subarray(257, 262)).toString("latin1") === "ustar") return "a tar archive";
  const text = Buffer.from(head)
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart()
    .toLowerCase();
  if (text.startsWith("<!doctype html") || text.startsWith("<html"))
    return "a web page (perhaps a sign-in page saved by a download)";
  if (text.startsWith("<?xml") || text.startsWith("<")) return "an XML file";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters tell binary files from text
  return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? "a file of an unknown kind" : "a text file";
}
