import { Code, ConnectError } from "@connectrpc/connect";
import { bodyTooLarge } from "../xapi-errors.ts";

/** The part of a stream of bytes that has arrived and was not taken yet. */
export interface ByteWindow {
  readonly bytes: Buffer;
  /** Removes bytes from the front. */
  take(length: number): Buffer;
  /** Waits for more; false at the end. */
  more(): Promise<boolean>;
}

/**
 * @param before bytes put in front of the stream.
 * @param maxBytes of the whole stream; a longer one ends with ATTACHMENT_TOO_LARGE.
 */
export function byteWindow(chunks: AsyncIterable<Buffer>, before: Buffer, maxBytes: number): ByteWindow {
  const source = chunks[Symbol.asyncIterator]();
  let bytes = before;
  let received = 0;
  return {
    get bytes() {
      return bytes;
    },
    take(length) {
      const taken = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      return taken;
    },
    async more() {
      const next = await source.next().catch((error: unknown) => {
        throw new ConnectError("the sender broke off", Code.Canceled, undefined, undefined, error);
      });
      if (next.done) return false;
      received += next.value.length;
      if (received > maxBytes) throw bodyTooLarge(maxBytes);
      bytes = bytes.length === 0 ? next.value : Buffer.concat([bytes, next.value]);
      return true;
    },
  };
}
