import { Readable } from "node:stream";
import type { Answer } from "./guarded-route.ts";

/** A file that a service sends in pieces. */
export interface StreamedFile {
  /** Begins to read; the signal ends it. */
  readonly read: (signal: AbortSignal) => AsyncIterable<{ readonly chunk: Uint8Array }>;
  readonly type: string;
  readonly filename: string;
}

/** The file as an answer, sent as it is read, whatever its size. What is wrong with the request is said before anything is sent. */
export async function streamFile({ read, type, filename }: StreamedFile): Promise<Answer> {
  const stop = new AbortController();
  const messages = read(stop.signal)[Symbol.asyncIterator]();
  const first = await messages.next();
  return {
    status: 200,
    body: Readable.from(chunks(first, messages, stop), { objectMode: false }),
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${filename}"`,
      "cache-control": "no-store",
    },
  };
}

/** As fast as it is taken; whoever stops taking it ends the reading. */
async function* chunks(
  first: IteratorResult<{ readonly chunk: Uint8Array }>,
  messages: AsyncIterator<{ readonly chunk: Uint8Array }>,
  stop: AbortController,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await messages.next()) yield next.value.chunk;
  } finally {
    stop.abort();
  }
}
