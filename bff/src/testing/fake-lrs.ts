import { createHash, randomUUID } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { AttachmentService } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import { CredentialLimitService } from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import { type Document, DocumentSchema } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { StateService } from "@coursemesh/proto/coursemesh/lrs/v1/state_pb.ts";
import {
  type Attachment,
  type QueryStatementsRequest,
  StatementService,
  type StoreStatementsRequest,
  type XapiVersion,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { type FakeService, fake } from "./test-bff.ts";

/** A learning record store in memory, as far as HTTP needs one, and what it was asked. */
export interface FakeLrs {
  readonly services: readonly FakeService[];
  readonly stored: StoreStatementsRequest[];
  readonly queries: QueryStatementsRequest[];
  /** Content by its hash, of uploads. */
  readonly uploads: Map<string, Uint8Array>;
  /** Sizes of the messages uploads came in. */
  readonly chunkSizes: number[];
  /** Thrown by the next call that stores statements. */
  failure: Error | undefined;
  /** Version assumed for keys that name none. */
  defaultVersion: XapiVersion;
  /** Limit of every key; 0: none. */
  requestsPerMinute: number;
  /** Forgets everything. */
  reset(): void;
}

/** When everything in the fake was stored, and up to when it is consistent. */
export const FAKE_STORED_MS = Date.UTC(2026, 10, 20, 12, 0, 0, 250);

export function fakeLrs(): FakeLrs {
  const json = new Map<string, Uint8Array>();
  const attachments: Attachment[] = [];
  const documents = new Map<string, Document>();
  const time = timestampFromMs(FAKE_STORED_MS);
  const lrs: FakeLrs = {
    services: [],
    stored: [],
    queries: [],
    uploads: new Map(),
    chunkSizes: [],
    failure: undefined,
    defaultVersion: 0,
    requestsPerMinute: 0,
    reset() {
      for (const list of [lrs.stored, lrs.queries, lrs.chunkSizes, attachments]) list.length = 0;
      for (const map of [lrs.uploads, json, documents]) map.clear();
      Object.assign(lrs, { failure: undefined, defaultVersion: 0, requestsPerMinute: 0 });
    },
  };

  const statements = fake(StatementService, {
    storeStatements(request) {
      const { failure } = lrs;
      lrs.failure = undefined;
      if (failure !== undefined) throw failure;
      lrs.stored.push(request);
      attachments.push(...request.attachments);
      const ids = request.statements.map((one) => {
        const id = one.id || (JSON.parse(Buffer.from(one.json).toString()).id ?? randomUUID());
        json.set(id, one.json);
        return id;
      });
      return { ids, stored: time };
    },
    getStatement({ by }) {
      const found = json.get(by.value ?? "");
      if (found === undefined) throw serviceError(Code.NotFound, "STATEMENT_NOT_FOUND", "no such statement");
      const statement = { id: by.value ?? "", json: found, stored: time };
      return { statement, attachments, consistentThrough: time };
    },
    queryStatements(request) {
      lrs.queries.push(request);
      const from = Number(request.moreToken || "0");
      const size = request.limit || 2;
      const page = [...json].slice(from, from + size).map(([id, one]) => ({ id, json: one }));
      const moreToken = from + size < json.size ? String(from + size) : "";
      return { statements: page, attachments, moreToken, consistentThrough: time };
    },
    getConsistentThrough: () => ({ consistentThrough: time }),
  });

  const states = fake(StateService, {
    getState({ stateId }) {
      const document = documents.get(stateId);
      if (document === undefined) throw serviceError(Code.NotFound, "DOCUMENT_NOT_FOUND", "no such document");
      return { document };
    },
    listStates({ page }) {
      const all = [...documents.keys()].sort();
      const at = Number(page?.pageToken || "0");
      return {
        stateIds: all.slice(at, at + 2),
        page: { nextPageToken: at + 2 < all.length ? String(at + 2) : "" },
      };
    },
    putState({ stateId, content, contentType, precondition }) {
      const before = documents.get(stateId)?.etag ?? "";
      const { ifMatch = [], ifNoneMatch = [] } = precondition ?? {};
      if ((ifNoneMatch.includes("*") && before) || (ifMatch.length > 0 && !ifMatch.includes(before)))
        throw serviceError(Code.FailedPrecondition, "PRECONDITION_FAILED", "changed in between", { etag: before });
      if (before && ifMatch.length + ifNoneMatch.length === 0)
        throw serviceError(Code.FailedPrecondition, "PRECONDITION_REQUIRED", "read it first", { etag: before });
      const etag = `"${createHash("sha1").update(content).digest("hex")}"`;
      documents.set(stateId, create(DocumentSchema, { id: stateId, content, contentType, etag, updateTime: time }));
      return { etag };
    },
    deleteState({ stateId }) {
      documents.delete(stateId);
      return {};
    },
    deleteStates() {
      documents.clear();
      return {};
    },
  });

  const files = fake(AttachmentService, {
    async uploadAttachment(parts) {
      const chunks: Uint8Array[] = [];
      let sha2 = "";
      for await (const { part } of parts) {
        if (part.case === "header") sha2 = part.value.sha2;
        if (part.case === "chunk") chunks.push(part.value);
      }
      lrs.chunkSizes.push(...chunks.map(({ length }) => length));
      const content = Buffer.concat(chunks);
      lrs.uploads.set(sha2, content);
      return { sha2, sizeBytes: BigInt(content.length) };
    },
    async *downloadAttachment({ sha2 }) {
      yield { part: { case: "chunk", value: lrs.uploads.get(sha2) ?? new Uint8Array() } };
    },
  });
  const about = fake(AboutService, { getAbout: () => ({ versions: ["1.0.3", "2.0.0"] }) });
  const limits = fake(CredentialLimitService, {
    getCredentialLimit: () => ({
      credentialLimit: { defaultVersion: lrs.defaultVersion, requestsPerMinute: lrs.requestsPerMinute },
    }),
  });
  return Object.assign(lrs, { services: [statements, states, files, about, limits] });
}
