import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { WriteUploadRequestSchema } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";

type Part = MessageInitShape<typeof WriteUploadRequestSchema>;

/** Bytes a message carries: large enough that messages cost little, small enough that memory stays flat. */
const CHUNK_BYTES = 256 * 1024;

/**
 * A stream of bytes as messages of WriteUpload: the header, then chunks. Nothing is read ahead, so that a slow disk slows the sender.
 * @param last whether the end of `bytes` is the end of the file.
 */
export async function* uploadParts(
  uploadId: string,
  offset: bigint,
  last: boolean,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Part> {
  yield { part: { case: "header", value: { uploadId, offset, last } } };
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const piece of untilBrokenOff(bytes)) {
    waiting.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    yield { part: { case: "chunk", value: Buffer.concat(waiting) } };
    waiting = [];
    size = 0;
  }
  if (size > 0) yield { part: { case: "chunk", value: Buffer.concat(waiting) } };
}

/** A sender that goes away is no fault of ours. */
async function* untilBrokenOff(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new ConnectError("the sender broke off", Code.Canceled, undefined, undefined, error);
  }
}
