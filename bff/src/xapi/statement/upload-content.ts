import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import {
  AttachmentService,
  type UploadAttachmentRequestSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";

/** Sends an attachment that is too large for a message ahead of its statement. Answers its size in bytes. */
export type UploadContent = (
  header: { readonly sha2: string; readonly contentType: string },
  /** What has arrived of it. */
  begun: readonly Buffer[],
  rest: AsyncIterable<Buffer>,
) => Promise<bigint>;

/** Largest chunk of an upload, by the contract. */
const CHUNK_BYTES = 1024 * 1024;

export function uploadContent(clients: Clients): UploadContent {
  const attachments = clients.of(AttachmentService);
  return async (header, begun, rest) => {
    async function* messages(): AsyncGenerator<MessageInitShape<typeof UploadAttachmentRequestSchema>> {
      yield { part: { case: "header", value: header } };
      for (const piece of begun) yield* chunksOf(piece);
      for await (const piece of rest) yield* chunksOf(piece);
    }
    const { sizeBytes } = await attachments.uploadAttachment(messages());
    return sizeBytes;
  };
}

function* chunksOf(piece: Buffer): Generator<MessageInitShape<typeof UploadAttachmentRequestSchema>> {
  for (let at = 0; at < piece.length; at += CHUNK_BYTES)
    yield { part: { case: "chunk", value: Uint8Array.from(piece.subarray(at, at + CHUNK_BYTES)) } };
}
