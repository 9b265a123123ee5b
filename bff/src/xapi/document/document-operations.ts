import { httpDate } from "../request/exact-time.ts";
import { readPrecondition, readTags } from "../request/preconditions.ts";
import { wholeBody } from "../request/whole-body.ts";
import {
  jsonAnswer,
  type XapiAnswer,
  type XapiMethod,
  type XapiOperation,
  type XapiRequest,
} from "../request/xapi-request.ts";
import { documentNotFound } from "../xapi-errors.ts";
import type { DocumentStore, WrittenDocument } from "./document-store.ts";
import { listAllIds } from "./list-all-ids.ts";

/** Largest document, by the contract. */
export const DOCUMENT_BYTES = 4 * 1024 * 1024;

/** GET, PUT, POST and DELETE of a document resource (Communication 2.2). */
export function documentOperations<Scope>(store: DocumentStore<Scope>): Readonly<Record<XapiMethod, XapiOperation>> {
  const { idParameter } = store;

  const getOne = async (request: XapiRequest, scope: Scope, id: string): Promise<XapiAnswer> => {
    const document = await store.get(scope, id);
    if (document === undefined) throw documentNotFound(id);
    const headers: Record<string, string> = { etag: document.etag };
    if (document.updateTime) headers["last-modified"] = httpDate(document.updateTime);
    const known = readTags("If-None-Match", request.header("if-none-match"));
    if (known.includes(document.etag) || known.includes("*")) return { status: 304, headers };
    headers["content-type"] = document.contentType || "application/octet-stream";
    return { status: 200, headers, body: Buffer.from(document.content) };
  };

  const checked = (method: XapiMethod, operation: (request: XapiRequest, scope: Scope) => Promise<XapiAnswer>) =>
    (async (request) => {
      for (const [name, requirement] of Object.entries(store.demands[method]))
        request.parameters.required(name, requirement);
      return operation(request, store.readScope(request.parameters));
    }) satisfies XapiOperation;
  const idOf = ({ parameters }: XapiRequest): string => parameters.text(idParameter) ?? "";

  return {
    GET: checked("GET", async (request, scope) => {
      const { parameters } = request;
      const since = parameters.time("since");
      if (!parameters.names.includes(idParameter)) return jsonAnswer(await listAllIds(store, scope, since));
      return getOne(request, scope, idOf(request));
    }),
    PUT: checked("PUT", async (request, scope) => {
      const etag = await store.put(scope, idOf(request), await readWritten(request));
      return { status: 204, headers: { etag } };
    }),
    POST: checked("POST", async (request, scope) => {
      const etag = await store.merge(scope, idOf(request), await readWritten(request));
      return { status: 204, headers: { etag } };
    }),
    DELETE: checked("DELETE", async (request, scope) => {
      if (store.removeAll !== undefined && !request.parameters.names.includes(idParameter))
        await store.removeAll(scope);
      else await store.remove(scope, idOf(request), readPrecondition(request));
      return { status: 204 };
    }),
  };
}

async function readWritten(request: XapiRequest): Promise<WrittenDocument> {
  return {
    contentType: request.header("content-type") ?? "application/octet-stream",
    content: await wholeBody(request.body, DOCUMENT_BYTES),
    precondition: readPrecondition(request),
    version: request.version,
  };
}
