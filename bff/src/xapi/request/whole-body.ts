import { Readable } from "node:stream";
import { bodyTooLarge } from "../xapi-errors.ts";

/** All bytes of a body, or of one part of it. @throws ATTACHMENT_TOO_LARGE when there are more than `maxBytes` */
export async function wholeBody(body: Buffer | AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const pieces: Buffer[] = [];
  let size = 0;
  const chunks = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : body;
  for await (const piece of chunks as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw bodyTooLarge(maxBytes);
    pieces.push(piece);
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}
