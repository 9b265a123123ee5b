import type { Precondition } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { DocumentResource } from "./document-scope.ts";

/** Whether a request carries any condition. */
export function isConditional(precondition: Precondition | undefined): boolean {
  return (precondition?.ifMatch.length ?? 0) + (precondition?.ifNoneMatch.length ?? 0) > 0;
}

/**
 * Evaluates the conditions of RFC 9110, 13.1: `If-Match` compares strongly, so a weak tag (`W/"…"`) never matches; `If-None-Match`
 * compares weakly.
 * @param etag of the document there is, undefined when there is none.
 */
export function preconditionHolds(precondition: Precondition | undefined, etag: string | undefined): boolean {
  const { ifMatch = [], ifNoneMatch = [] } = precondition ?? {};
  if (ifMatch.length > 0 && (etag === undefined || !ifMatch.some((tag) => tag === "*" || tag === etag))) return false;
  return etag === undefined || !ifNoneMatch.some((tag) => tag === "*" || strong(tag) === etag);
}

/**
 * Whether storing a document whole demands a condition. To replace one does for profiles, and for state from 2.0 on, which speaks of all
 * three resources (XAPI-00322). 1.0.3 asks it of a profile's first PUT, too (XAPI-00273, XAPI-00287).
 */
export function demandsPrecondition(resource: DocumentResource, version: XapiVersion, exists: boolean): boolean {
  if (resource === "state") return exists && version !== XapiVersion.V1_0_3;
  return exists || version === XapiVersion.V1_0_3;
}

function strong(tag: string): string {
  return tag.replace(/^W\//, "");
}
