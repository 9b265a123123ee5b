import { isAscii } from "node:buffer";
import mime from "mime";

/** Text types that say nothing about their encoding themselves and for which browsers would guess. XML names its own. */
const TEXT = new Set([
  "text/html",
  "text/css",
  "text/javascript",
  "text/plain",
  "text/csv",
  "text/vtt",
  "text/markdown",
]);
/** Where browsers look for a page's own declaration (HTML, 13.2.3.2). */
const HEAD_BYTES = 1024;
const ESCAPE = 0x1b;

/** Finds the media type of a file from its name, and the encoding of a text from its bytes, which may come in pieces. */
export interface MediaTypeDetector {
  add(piece: Uint8Array): void;
  /** For instance `text/html; charset=utf-8`; call it after the last piece. */
  result(): string;
}

/**
 * A text gets `charset=utf-8` when its bytes are UTF-8, and no charset otherwise: the page's own declaration then counts, as in the
 * LMSs for which older packages were made. A page of plain ASCII that declares another encoding keeps it, because scripts without
 * a declaration inherit it.
 */
export function mediaTypeDetector(path: string): MediaTypeDetector {
  const type = mime.getType(path) ?? "application/octet-stream";
  if (!TEXT.has(type)) return { add: () => undefined, result: () => type };
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let head: Buffer = Buffer.alloc(0);
  let valid = true;
  let ascii = true;

  const check = (piece?: Uint8Array): void => {
    try {
      if (piece) decoder.decode(piece, { stream: true });
      else decoder.decode();
    } catch {
      valid = false;
    }
  };
  return {
    add(piece) {
      if (!valid) return;
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)]);
      if (ascii && isAscii(piece)) return;
      ascii = false;
      check(piece);
    },
    result() {
      if (valid && !ascii) check();
      // ISO-2022 encodings are 7-bit and switch by escape sequences; UTF-16 without marks has zeros.
      if (!valid || head.includes(ESCAPE) || head.includes(0)) return type;
      if (ascii && type === "text/html" && declaresOther(head)) return type;
      return `${type}; charset=utf-8`;
    },
  };
}

/** The media type of a file that is there whole. */
export function mediaTypeOf(path: string, content: Uint8Array): string {
  const detector = mediaTypeDetector(path);
  detector.add(content);
  return detector.result();
}

function declaresOther(head: Buffer): boolean {
  const declared = /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head.toString("latin1"))?.[1]?.toLowerCase();
  return declared !== undefined && declared !== "utf-8" && declared !== "utf8";
}
