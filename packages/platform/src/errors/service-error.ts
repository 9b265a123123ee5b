import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { type ErrorInfo, ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";

/** What `google.rpc.ErrorInfo.domain` says for every reason of ours. */
export const ERROR_DOMAIN = "coursemesh";

/**
 * An error a caller may see: a code, a reason from an `ErrorReason` enum (without prefix), a sentence, and facts.
 * The cause stays in the log.
 */
export function serviceError(
  code: Code,
  reason: string,
  message: string,
  metadata: Record<string, string> = {},
  cause?: unknown,
): ConnectError {
  const info = create(ErrorInfoSchema, { reason, domain: ERROR_DOMAIN, metadata });
  return new ConnectError(message, code, undefined, [{ desc: ErrorInfoSchema, value: info }], cause);
}

/** The `ErrorInfo` of an error that came over the wire or was made here; undefined when it has none. */
export function errorInfoOf(error: unknown): ErrorInfo | undefined {
  return ConnectError.from(error).findDetails(ErrorInfoSchema)[0];
}

/** Reason of an error, or undefined. */
export function reasonOf(error: unknown): string | undefined {
  return errorInfoOf(error)?.reason;
}

/** Defines one error of a service: `notFound("COURSE_NOT_FOUND", "no such course")` gives a function from facts to the error. */
export function defineError(
  code: Code,
  reason: string,
  sentence: string,
): (metadata?: Record<string, string>, detail?: string) => ConnectError {
  return (metadata, detail) => serviceError(code, reason, detail ?? sentence, metadata);
}

export const fieldInvalid = (field: string, description: string): ConnectError =>
  serviceError(Code.InvalidArgument, "FIELD_INVALID", `${field}: ${description}`, { field, description });

export const unauthenticated = (message = "no valid credentials were given"): ConnectError =>
  serviceError(Code.Unauthenticated, "UNAUTHENTICATED", message);

export const permissionMissing = (permission: string): ConnectError =>
  serviceError(Code.PermissionDenied, "PERMISSION_MISSING", `this needs the permission ${permission}`, { permission });

export const notBuilt = (rpc: string): ConnectError =>
  serviceError(Code.Unimplemented, "NOT_BUILT", `${rpc} is in the contract and not built yet`, { rpc });

export const requestIdReused = (requestId: string): ConnectError =>
  serviceError(Code.AlreadyExists, "REQUEST_ID_REUSED", "this request_id was used for another request", {
    request_id: requestId,
  });

export const etagMismatch = (etag: string): ConnectError =>
  serviceError(Code.Aborted, "ETAG_MISMATCH", "somebody else changed this in between; read it again", { etag });

export const unavailable = (dependency: string, cause?: unknown): ConnectError =>
  serviceError(Code.Unavailable, "UNAVAILABLE", `${dependency} is not there at the moment`, { dependency }, cause);
