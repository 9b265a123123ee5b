import { create } from "@bufbuild/protobuf";
import { type Timestamp, timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { PageRequest } from "@coursemesh/proto/coursemesh/common/v1/page_pb.ts";
import { type Document, DocumentSchema } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { documentNotFound } from "../errors.ts";
import type { DocumentScope } from "./document-scope.ts";
import type { DocumentAddress, DocumentStore } from "./document-store.ts";

/** A page as the three lists of ids are asked for it. */
interface IdPageRequest {
  readonly page?: PageRequest | undefined;
  readonly since?: Timestamp | undefined;
}

/** @throws DOCUMENT_NOT_FOUND */
export async function readDocument(
  documents: DocumentStore,
  tenantId: string,
  address: DocumentAddress,
): Promise<Document> {
  const found = await documents.find(tenantId, address);
  if (found === undefined) throw documentNotFound({ id: address.id });
  return create(DocumentSchema, {
    id: found.id,
    contentType: found.contentType,
    content: found.content,
    etag: found.etag,
    updateTime: timestampFromDate(found.updatedAt),
  });
}

/** One page of the ids in a scope. @throws PAGE_TOKEN_INVALID */
export async function listDocumentIds(
  documents: DocumentStore,
  tenantId: string,
  scope: DocumentScope,
  { page, since }: IdPageRequest,
): Promise<{ ids: string[]; page: { nextPageToken: string; total?: bigint } }> {
  const after = since && timestampDate(since);
  const list = JSON.stringify([tenantId, scope, after]);
  const start = readPageRequest(page, list);
  const found = await documents.list(tenantId, scope, after, start);
  const { rows, nextPageToken } = cutPage(found, start, list, (id) => [id]);
  const total = page?.withTotal ? { total: await documents.count(tenantId, scope, after) } : {};
  return { ids: rows, page: { nextPageToken, ...total } };
}
