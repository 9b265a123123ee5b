import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { type Caller, Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { AttachmentService, UploadAttachmentRequest } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import { attachmentNotFound } from "../errors.ts";
import type { AttachmentStore, StoredAttachment } from "./attachment-store.ts";

/** Bytes of one message of a download. */
const CHUNK_BYTES = 256 * 1024;

/** AttachmentService. */
export function attachmentRpc(attachments: AttachmentStore): ServiceImpl<typeof AttachmentService> {
  return {
    async uploadAttachment(messages, context) {
      const tenantId = organizationOf(context);
      const parts = messages[Symbol.asyncIterator]();
      const first = await parts.next();
      const part = first.done ? undefined : first.value.part;
      if (part?.case !== "header") throw fieldInvalid("header", "the first message must be the header");
      const { sha2, contentType } = part.value;
      const attachment = { sha2, contentType, callerId: callerOf(context).id };
      const { size } = await attachments.put(tenantId, attachment, chunksOf(parts));
      return { sha2, sizeBytes: BigInt(size) };
    },

    async *downloadAttachment({ sha2, offset, length }, context) {
      const tenantId = organizationOf(context);
      const found = (await attachments.find(tenantId, [sha2])).get(sha2);
      if (found === undefined || !mayRead(callerOf(context), found)) throw attachmentNotFound({ sha2 });
      const header = { sha2, contentType: found.contentType, sizeBytes: BigInt(found.size) };
      yield { part: { case: "header", value: header } };
      const content = attachments.read(tenantId, found, Number(offset), length === 0n ? undefined : Number(length));
      for await (const piece of content as AsyncIterable<Buffer>) {
        for (let done = 0; done < piece.length; done += CHUNK_BYTES) {
          yield { part: { case: "chunk", value: piece.subarray(done, done + CHUNK_BYTES) } };
        }
      }
    },
  };
}

/** Who reads only what is his own reads the attachments he brought. */
function mayRead(caller: Caller, { broughtBy }: StoredAttachment): boolean {
  return caller.permissions.includes(Permission.STATEMENT_READ) || broughtBy.includes(caller.id);
}

async function* chunksOf(messages: AsyncIterator<UploadAttachmentRequest>): AsyncGenerator<Uint8Array> {
  for (let next = await messages.next(); !next.done; next = await messages.next()) {
    const { part } = next.value;
    if (part.case !== "chunk") throw fieldInvalid("header", "only the first message is a header");
    yield part.value;
  }
}
