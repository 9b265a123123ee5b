import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type CreateImportRequest,
  CreateImportRequestSchema,
  type ImportService,
} from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import { errors } from "../errors.ts";
import type { UploadRepository } from "../upload/upload.repository.ts";
import type { UploadFolder } from "../upload/upload-folder.ts";
import { signedIn } from "./fetch-address.ts";
import { ENDED, type ImportRow } from "./import.entity.ts";
import { stateName, toImport } from "./import.mapper.ts";
import type { ImportRepository } from "./import.repository.ts";
import type { ImportSignal } from "./import-signal.ts";
import { removeSource } from "./remove-source.ts";

/** What the RPCs of imports need. */
export interface ImportRpcDeps {
  readonly imports: ImportRepository;
  readonly uploads: UploadRepository;
  readonly folder: UploadFolder;
  readonly egress: Egress;
  readonly changes: ImportSignal;
}

/** A watcher looks at least this often, should a notification get lost. */
const WATCH_MS = 2_000;

/** ImportService. */
export function importRpc({
  imports,
  uploads,
  folder,
  egress,
  changes,
}: ImportRpcDeps): ServiceImpl<typeof ImportService> {
  const load = async (tenantId: string, id: string): Promise<ImportRow> => {
    const row = await imports.find(tenantId, id);
    if (!row) throw errors.importNotFound({ id });
    return row;
  };

  /** What to import, after looking at whether it can be. */
  const openSource = async (tenantId: string, source: CreateImportRequest["source"]) => {
    if (source.case === "uploadId") {
      const upload = await uploads.find(tenantId, source.value);
      if (!upload) throw errors.uploadNotFound({ id: source.value });
      const { complete, receivedBytes, sizeBytes } = upload;
      if (!complete) throw errors.uploadIncomplete({ received: String(receivedBytes), expected: String(sizeBytes) });
      return { source: upload.filename, uploadId: upload.id, fetchUrl: null };
    }
    const address = source.value ?? "";
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url) throw errors.fetchUrlRefused({ url: address, cause: "it is no address" });
    await egress.check(signedIn(url).url).catch((error: unknown) => {
      if (!(error instanceof EgressRefused)) throw error;
      throw errors.fetchUrlRefused({ url: withoutSecrets(url), cause: error.message });
    });
    return { source: withoutSecrets(url), uploadId: null, fetchUrl: address };
  };

  return {
    async createImport(request, context) {
      const tenantId = organizationOf(context);
      const hash = requestHash(CreateImportRequestSchema, request);
      const known = await imports.findByRequest(tenantId, request.requestId);
      if (known && known.requestHash !== hash) throw requestIdReused(request.requestId);
      if (known) return { import: toImport(known) };
      const row = await imports.insert({
        ...newImport(request, callerOf(context).displayName),
        ...(await openSource(tenantId, request.source)),
        tenantId,
        requestHash: hash,
      });
      if (row.requestHash !== hash) throw requestIdReused(request.requestId);
      return { import: toImport(row) };
    },

    async getImport({ id }, context) {
      return { import: toImport(await load(organizationOf(context), id)) };
    },

    async listImports({ page, states, courseId }, context) {
      const names = states.flatMap((state) => stateName(state) ?? []).toSorted();
      const list = `imports:${names.join(",")}:${courseId}`;
      const start = readPageRequest(page, list);
      const filter = { states: names, courseId };
      const read = await imports.list(organizationOf(context), filter, start);
      const { rows, nextPageToken } = cutPage(read, start, list, (row) => [row.id]);
      const total = page?.withTotal ? { total: BigInt(await imports.count(organizationOf(context), filter)) } : {};
      return { imports: rows.map(toImport), page: { nextPageToken, ...total } };
    },

    async *watchImport({ id }, context) {
      const tenantId = organizationOf(context);
      for (let seen = 0; !context.signal.aborted; ) {
        // Begun before looking, so that a change between looking and waiting is not missed.
        const woken = changes.wait(id, WATCH_MS, context.signal);
        const row = await load(tenantId, id);
        if (row.revision > seen) yield { import: toImport(row) };
        seen = row.revision;
        if (ENDED.includes(row.state)) return;
        await woken;
      }
    },

    async cancelImport({ id }, context) {
      const ended = await imports.cancel(organizationOf(context), id);
      if (ended) await removeSource({ uploads, folder }, ended);
      return {};
    },
  };
}

function newImport(request: CreateImportRequest, createdBy: string) {
  const { callbackUrl } = request;
  if (callbackUrl !== "" && !/^https?:\/\//i.test(callbackUrl)) {
    throw fieldInvalid("callback_url", "must be an http or https address");
  }
  const now = Date.now();
  return {
    id: uuidV7(now),
    requestId: request.requestId,
    state: "queued" as const,
    courseId: request.courseId || null,
    externalId: request.externalId,
    mayAddVersion: request.mayAddVersion,
    title: request.title,
    tags: request.tags,
    note: request.note,
    callbackUrl,
    bytesDone: 0,
    bytesTotal: 0,
    filesDone: 0,
    filesTotal: 0,
    report: null,
    packageId: uuidV7(now),
    madeCourseId: null,
    courseVersionId: null,
    errorMessage: "",
    errorReason: "",
    revision: 1,
    attempts: 0,
    cancelRequested: false,
    leaseOwner: null,
    leaseUntil: null,
    createTime: new Date(now),
    endTime: null,
    createdBy,
  };
}

/** Everybody in the organization sees where an import came from; passwords and signed queries stay out of it. */
function withoutSecrets(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
