import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Document, Precondition } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import type { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { XapiParameters } from "../request/xapi-parameters.ts";
import type { XapiMethod } from "../request/xapi-request.ts";

/** A document that is written. */
export interface WrittenDocument {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly precondition: Precondition;
  readonly version: XapiVersion;
}

/** Ids of documents, page by page. */
export interface DocumentIds {
  readonly ids: readonly string[];
  readonly nextPageToken: string;
}

/** One of the three document resources: what its documents belong to, and the RPCs it is made of. */
export interface DocumentStore<Scope> {
  /** Parameter that names a document. */
  readonly idParameter: "stateId" | "profileId";
  /** Parameters that say whose documents they are. */
  readonly scopeParameters: readonly string[];
  /** Parameters a method cannot do without, and the ids of those demands in ADL's conformance requirements. */
  readonly demands: Readonly<Record<XapiMethod, Readonly<Record<string, string>>>>;
  /** Called after the demands are checked. */
  readScope(parameters: XapiParameters): Scope;
  get(scope: Scope, id: string): Promise<Document | undefined>;
  list(scope: Scope, since: Timestamp | undefined, pageToken: string): Promise<DocumentIds>;
  /** Answers the new entity tag. */
  put(scope: Scope, id: string, written: WrittenDocument): Promise<string>;
  /** Answers the new entity tag. */
  merge(scope: Scope, id: string, written: WrittenDocument): Promise<string>;
  remove(scope: Scope, id: string, precondition: Precondition): Promise<void>;
  /** Absent: documents are removed one by one only. */
  readonly removeAll?: (scope: Scope) => Promise<void>;
}
