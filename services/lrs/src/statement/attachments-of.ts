import { create } from "@bufbuild/protobuf";
import { type Attachment, AttachmentSchema, type Statement } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { AttachmentPlaces } from "../ingest/receive-attachments.ts";

/** Largest content that goes along; a larger one is downloaded by itself. */
const INLINE_BYTES = 1024 * 1024;
/** All that go along in one answer. */
const INLINE_SUM_BYTES = 8 * 1024 * 1024;

/** The attachments of statements whose content is here, each once; what is too large comes without content. */
export async function attachmentsOf(
  { store, blobs }: AttachmentPlaces,
  tenantId: string,
  statements: readonly Statement[],
): Promise<Attachment[]> {
  const hashes = [...new Set(statements.flatMap((statement) => statement.attachmentHashes))];
  if (hashes.length === 0) return [];
  const found = await store.find(tenantId, hashes);
  const attachments: Attachment[] = [];
  let room = INLINE_SUM_BYTES;
  for (const attachment of found.values()) {
    const { sha2, contentType, size } = attachment;
    const inline = size <= Math.min(INLINE_BYTES, room);
    if (inline) room -= size;
    const content = inline ? await blobs.readAll(tenantId, attachment) : new Uint8Array();
    attachments.push(create(AttachmentSchema, { sha2, contentType, content, sizeBytes: BigInt(size) }));
  }
  return attachments;
}
