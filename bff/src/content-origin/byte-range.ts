import type { ByteRange } from "@coursemesh/platform/blobs/blob-store.ts";

/**
 * Reads a Range header for a representation of `size` bytes (RFC 9110, 14.1.2). Undefined: the whole is to be sent, because nothing,
 * nothing understood or several ranges were asked for, which a server may ignore.
 */
export function readRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const asked = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  if (!asked) return undefined;
  const [, first = "", last = ""] = asked;
  if (first === "") {
    const wanted = Number(last);
    if (last === "") return undefined;
    return wanted === 0 || size === 0 ? "unsatisfiable" : { start: Math.max(0, size - wanted), end: size - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(last === "" ? size - 1 : Number(last), size - 1) };
}
