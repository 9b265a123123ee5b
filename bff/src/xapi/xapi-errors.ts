import { Code, type ConnectError } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { FastifyRequest } from "fastify";
import { toHttpFailure } from "../http/http-errors.ts";

/**
 * A request that the specification forbids.
 * @param path parameter, header, or JSON path. @param requirement its id in ADL's conformance requirements, else a name of ours.
 */
export function requestRefused(requirement: string, path: string, message: string): ConnectError {
  return serviceError(Code.InvalidArgument, "QUERY_INVALID", message, { path, requirement });
}

/** Larger than this installation takes. */
export function bodyTooLarge(maxBytes: number): ConnectError {
  return serviceError(Code.ResourceExhausted, "ATTACHMENT_TOO_LARGE", `no more than ${maxBytes} bytes are taken`, {
    max_bytes: String(maxBytes),
  });
}

/** No such resource. */
export const nothingHere = (): ConnectError =>
  serviceError(Code.NotFound, "NOT_FOUND", "the specification has no such resource");

/** The resource is there and does not know the method. */
export const methodNotAllowed = (method: string): ConnectError =>
  serviceError(Code.Unimplemented, "METHOD_NOT_ALLOWED", `this resource has no ${method}`);

export const documentNotFound = (id: string): ConnectError =>
  serviceError(Code.NotFound, "DOCUMENT_NOT_FOUND", "there is no such document", { id });

/** Where the specification asks for another status than the error's code has. */
const STATUS: Readonly<Record<string, number>> = {
  STATEMENT_CONFLICT: 409,
  STATEMENT_ID_REPEATED: 400,
  ATTACHMENT_MISSING: 400,
  ATTACHMENT_HASH_MISMATCH: 400,
  ATTACHMENT_TOO_LARGE: 413,
  SIGNATURE_INVALID: 400,
  VERB_NOT_ALLOWED: 403,
  BATCH_TOO_LARGE: 413,
  OVERLOADED: 429,
  VERSION_UNSUPPORTED: 400,
  METHOD_NOT_ALLOWED: 405,
  DOCUMENT_TOO_LARGE: 413,
  DOCUMENT_NOT_MERGEABLE: 400,
  PRECONDITION_FAILED: 412,
  PRECONDITION_REQUIRED: 409,
};

/** An error as it goes out: status, headers, body. */
export interface XapiFailure {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: Readonly<Record<string, unknown>> };
}

/** Seconds to wait when the store is busy and does not say how long. */
const RETRY_AFTER = "1";

export function toXapiFailure(error: Error, request: FastifyRequest): XapiFailure {
  const { status, reason, message, metadata, requestId, traceId } = toHttpFailure(error, request);
  const isTooLarge = "statusCode" in error && error.statusCode === 413;
  // Without a document there is nothing that the request could conflict with (1.0.3 alone asks for a condition then).
  const isNew = reason === "PRECONDITION_REQUIRED" && !metadata.etag;
  const found = isTooLarge ? 413 : isNew ? 400 : (STATUS[reason] ?? status);
  const headers: Record<string, string> = {};
  if (found === 401) headers["www-authenticate"] = 'Basic realm="xapi", charset="UTF-8"';
  if (reason === "OVERLOADED" || found === 503) headers["retry-after"] = metadata.retry_after_seconds || RETRY_AFTER;
  if (found === 409 || found === 412) if (metadata.etag) headers.etag = metadata.etag;
  const { path = metadata.parameter ?? metadata.field, requirement, index, statement_id: statementId } = metadata;
  const told = { reason, message, path, requirement, index: index && Number(index), statementId, requestId, traceId };
  return { status: found, headers, body: { error: withoutEmpty(told) } };
}

function withoutEmpty(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}
