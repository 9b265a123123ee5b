import { crc32 } from "node:zlib";
import type { PackageLimits } from "../package-limits.ts";
import { refusal } from "../package-refusal.ts";

/** A decoded name of an entry. */
export interface DecodedName {
  readonly name: string;
  /** Not marked as UTF-8 and not plain ASCII: what was meant is a guess. */
  readonly guessed: boolean;
}

/** What the decoder needs of an entry of the central directory. */
export interface RawName {
  readonly bytes: Uint8Array;
  /** General purpose flag, bit 11. */
  readonly markedUtf8: boolean;
  readonly extraFields: readonly { readonly id: number; readonly data: Uint8Array }[];
}

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;
const CP437_UPPER =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** Tells whether the general purpose flags mark the name as UTF-8. */
export function isMarkedUtf8(flags: number): boolean {
  return (flags & UTF8_FLAG) !== 0;
}

/**
 * Decodes the name of an entry: the Info-ZIP Unicode field if it fits the name, UTF-8 if marked, and else UTF-8 where the
 * bytes are valid UTF-8 (macOS and old Java forget the mark), and code page 437 as the format says.
 */
export function decodeName(raw: RawName): DecodedName {
  if (raw.bytes.every((byte) => byte < 0x80))
    return { name: Buffer.from(raw.bytes).toString("latin1"), guessed: false };
  const unicode = raw.extraFields.find((field) => field.id === UNICODE_PATH)?.data;
  if (unicode && unicode.length > 5 && unicode[0] === 1) {
    const checksum = Buffer.from(unicode).readUInt32LE(1);
    const name = checksum === crc32(raw.bytes) ? utf8(unicode.subarray(5)) : undefined;
    if (name !== undefined) return { name, guessed: false };
  }
  const name = utf8(raw.bytes);
  if (name !== undefined) return { name, guessed: !raw.markedUtf8 };
  return { name: Array.from(raw.bytes, cp437).join(""), guessed: true };
}

/**
 * Makes a decoded name the path of a file inside the package, or refuses it. Backslashes become slashes once the name is
 * known not to be absolute; `.` and empty segments vanish; the result is in Unicode NFC.
 */
export function safePath(name: string, limits: PackageLimits): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) throw refusal("zip.path.characters", { name });
  if (/^[/\\]/.test(name) || /^[a-z]:/i.test(name)) throw refusal("zip.path.absolute", { name });
  if (name.length > limits.pathLength) throw refusal("zip.path.length", { name, limit: String(limits.pathLength) });
  const segments = name.replaceAll("\\", "/").split("/");
  // A segment of dots and blanks only is taken for `..` too: Windows drops trailing dots and blanks.
  if (segments.some((segment) => /^\.\.[. ]*$/.test(segment))) throw refusal("zip.path.traversal", { name });
  const kept = segments.filter((segment) => segment !== "" && segment !== ".");
  if (kept.length - 1 > limits.pathDepth) throw refusal("zip.path.depth", { name, limit: String(limits.pathDepth) });
  return kept.join("/").normalize("NFC");
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function cp437(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : (CP437_UPPER[byte - 0x80] ?? "\ufffd");
}
