import type { Attachment } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { AttachmentFacts } from "@coursemesh/xapi/statement-facts.ts";
import type { AttachmentBlobs } from "../attachment/attachment-blobs.ts";
import type { AttachmentStore } from "../attachment/attachment-store.ts";
import { attachmentMissing } from "../errors.ts";
import { invalid } from "./read-statement.ts";

/** The attachments that a batch names and whose content is here. */
export interface ReceivedAttachments {
  readonly here: ReadonlySet<string>;
  /** Content of one of them; undefined when it is not here. */
  content(sha2: string): Promise<Uint8Array | undefined>;
}

/** Where attachments are kept. */
export interface AttachmentPlaces {
  readonly store: AttachmentStore;
  readonly blobs: AttachmentBlobs;
}

/**
 * Takes in the content that came along and finds out what is here already.
 * @param named by the statements of the batch.
 * @throws ATTACHMENT_MISSING, ATTACHMENT_HASH_MISMATCH, ATTACHMENT_TOO_LARGE; STATEMENT_INVALID for content that no statement names
 */
export async function receiveAttachments(
  { store, blobs }: AttachmentPlaces,
  tenantId: string,
  callerId: string,
  named: readonly AttachmentFacts[],
  sent: readonly Attachment[],
): Promise<ReceivedAttachments> {
  const hashes = new Set(named.map(({ sha2 }) => sha2));
  const stray = sent.find(({ sha2 }) => !hashes.has(sha2));
  if (stray) {
    const message = `no statement has an attachment with the hash ${stray.sha2}`;
    throw invalid(0, { path: "$.attachments", requirement: "XAPI-00128", message });
  }
  if (hashes.size === 0) return { here: hashes, content: async () => undefined };
  const bytes = new Map<string, Uint8Array>();
  for (const { sha2, contentType, content, sizeBytes } of sent) {
    // Without content it was uploaded beforehand.
    if (content.length === 0 && sizeBytes > 0n) continue;
    await store.put(tenantId, { sha2, contentType, callerId }, piecesOf(content));
    bytes.set(sha2, content);
  }
  const stored = await store.claim(tenantId, [...hashes]);
  // What others stored does not count (XAPI-00129): who knows a hash need not know the content.
  const came = new Set(sent.map(({ sha2 }) => sha2).filter((sha2) => stored.has(sha2)));
  const missing = named.find(({ sha2, fileUrl }) => fileUrl === undefined && !came.has(sha2));
  if (missing) throw attachmentMissing({ sha2: missing.sha2 });
  return {
    here: new Set(stored.keys()),
    async content(sha2) {
      const found = stored.get(sha2);
      return bytes.get(sha2) ?? (found && (await blobs.readAll(tenantId, found)));
    },
  };
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
