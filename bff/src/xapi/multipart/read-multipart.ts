import { requestRefused } from "../xapi-errors.ts";
import { type ByteWindow, byteWindow } from "./byte-window.ts";

/** One part as it arrives. */
export interface ReceivedPart {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Its bytes. Read them to the end before the next part. */
  readonly body: AsyncGenerator<Buffer, void>;
}

/** Largest text of one part's headers. */
const HEADER_BYTES = 8 * 1024;
/** Text before the first boundary is allowed and useless. */
const PREAMBLE_BYTES = 8 * 1024;

/** The boundary of a `multipart/mixed` type. @throws QUERY_INVALID without one (XAPI-00130) */
export function boundaryOf(contentType: string): string {
  const found = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = found?.[1] ?? found?.[2];
  if (boundary === undefined)
    throw requestRefused("XAPI-00130", "Content-Type", "multipart/mixed needs a boundary of up to 70 characters");
  return boundary;
}

/**
 * Reads a multipart body (RFC 2046) part by part; memory holds one chunk, whatever the parts' sizes.
 * @param chunks the body as it arrives. @param maxBytes of the whole body.
 * @throws QUERY_INVALID when it is cut off or no multipart body at all, ATTACHMENT_TOO_LARGE
 */
export async function* readMultipart(
  chunks: AsyncIterable<Buffer>,
  boundary: string,
  maxBytes: number,
): AsyncGenerator<ReceivedPart, void> {
  // The first boundary has no line break of its own before it.
  const window = byteWindow(chunks, Buffer.from("\r\n"), maxBytes);
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  let preamble = 0;
  for await (const piece of bytesBefore(window, delimiter)) {
    preamble += piece.length;
    if (preamble > PREAMBLE_BYTES) throw notMultipart("does not begin with its boundary");
  }
  while (!(await isLastBoundary(window))) {
    const headers = await readHeaders(window);
    await dropLineBreak(window, delimiter);
    const body = bytesBefore(window, delimiter);
    yield { headers, body };
    // Whoever took the part may have left some of it.
    for await (const _ of body);
  }
}

/** Bytes up to a delimiter, which is skipped. */
async function* bytesBefore(window: ByteWindow, delimiter: Buffer): AsyncGenerator<Buffer, void> {
  for (;;) {
    const at = window.bytes.indexOf(delimiter);
    if (at >= 0) {
      const piece = window.take(at);
      window.take(delimiter.length);
      if (piece.length > 0) yield piece;
      return;
    }
    // A delimiter may have begun at the very end.
    const sure = window.bytes.length - delimiter.length + 1;
    if (sure > 0) yield window.take(sure);
    if (!(await window.more())) throw notMultipart("ends before its last boundary");
  }
}

/** Reads the rest of a boundary's line: two hyphens after the last. */
async function isLastBoundary(window: ByteWindow): Promise<boolean> {
  while (window.bytes.length < 2) if (!(await window.more())) throw notMultipart("ends inside a boundary");
  if (window.bytes.toString("latin1", 0, 2) !== "--") return false;
  window.take(2);
  return true;
}

async function readHeaders(window: ByteWindow): Promise<Map<string, string>> {
  let at = window.bytes.indexOf("\r\n\r\n");
  while (at < 0) {
    if (window.bytes.length > HEADER_BYTES) throw notMultipart("has a part whose headers do not end");
    if (!(await window.more())) throw notMultipart("ends inside a part's headers");
    at = window.bytes.indexOf("\r\n\r\n");
  }
  const [padding = "", ...lines] = window.take(at).toString("utf8").split("\r\n");
  window.take(2);
  if (padding.trim() !== "") throw notMultipart("has text behind a boundary");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) throw notMultipart("has a part with a header that is none");
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** The line break between headers and content, unless it belongs to the boundary behind an absent content. */
async function dropLineBreak(window: ByteWindow, delimiter: Buffer): Promise<void> {
  while (window.bytes.length < delimiter.length && (await window.more()));
  if (!window.bytes.subarray(0, delimiter.length).equals(delimiter)) window.take(2);
}

function notMultipart(what: string): Error {
  return requestRefused("XAPI-00131", "body", `the multipart body ${what}`);
}
