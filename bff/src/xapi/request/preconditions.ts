import { create } from "@bufbuild/protobuf";
import { type Precondition, PreconditionSchema } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { requestRefused } from "../xapi-errors.ts";
import type { XapiRequest } from "./xapi-request.ts";

/** `"tag"`, `W/"tag"` or `*`, or a tag whose quotes the client forgot. */
const TAG = /\s*(?:(?:W\/)?("[^"]*")|(\*)|([^",\s]+))\s*(?:,|$)/gy;

/** If-Match and If-None-Match of a request that changes a document (RFC 9110, XAPI-00322). */
export function readPrecondition(request: XapiRequest): Precondition {
  return create(PreconditionSchema, {
    ifMatch: readTags("If-Match", request.header("if-match")),
    ifNoneMatch: readTags("If-None-Match", request.header("if-none-match")),
  });
}

/** Entity tags of a header, with their quotes; empty for an absent one. */
export function readTags(name: string, text: string | undefined): string[] {
  if (text === undefined) return [];
  const tags: string[] = [];
  let end = 0;
  for (const { 0: whole, 1: quoted, 2: any, 3: bare, index } of text.matchAll(TAG)) {
    tags.push(quoted ?? any ?? `"${bare}"`);
    end = index + whole.length;
  }
  if (tags.length === 0 || end < text.length)
    throw requestRefused("XAPI-00322", name, `${name} must hold entity tags or *`);
  return tags;
}
