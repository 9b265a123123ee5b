import { Code, ConnectError } from "@connectrpc/connect";
import { errorInfoOf, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { currentTraceId } from "@coursemesh/platform/telemetry/traceparent.ts";
import type { FastifyError, FastifyRequest } from "fastify";

const STATUS: Readonly<Record<Code, number>> = {
  [Code.Canceled]: 499,
  [Code.Unknown]: 500,
  [Code.InvalidArgument]: 400,
  [Code.DeadlineExceeded]: 504,
  [Code.NotFound]: 404,
  [Code.AlreadyExists]: 409,
  [Code.PermissionDenied]: 403,
  [Code.ResourceExhausted]: 429,
  [Code.FailedPrecondition]: 400,
  [Code.Aborted]: 409,
  [Code.OutOfRange]: 400,
  [Code.Unimplemented]: 501,
  [Code.Internal]: 500,
  [Code.Unavailable]: 503,
  [Code.DataLoss]: 500,
  [Code.Unauthenticated]: 401,
};

export const tooManyRequests = (limit: number, window: "an hour" | "a minute" = "an hour"): ConnectError =>
  serviceError(Code.ResourceExhausted, "RATE_LIMIT_REACHED", `no more than ${limit} calls ${window} are allowed`, {
    limit: String(limit),
  });

/** An error as it goes out over plain HTTP. */
export interface HttpFailure {
  readonly status: number;
  /** Name of the Connect code, for instance `not_found`. */
  readonly code: string;
  readonly message: string;
  /** As in the `ErrorReason` enums. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly traceId: string;
}

/** What may be said about an error. A fault of ours is logged with its cause and answered without it. */
export function toHttpFailure(error: FastifyError | Error, request: FastifyRequest): HttpFailure {
  const known = knownError(error);
  if (known === undefined)
    request.log.error({ err: error, url: request.routeOptions.url }, "a request failed for a reason of ours");
  const shown = known ?? serviceError(Code.Internal, "INTERNAL", "something went wrong on our side");
  const info = errorInfoOf(shown);
  return {
    status: STATUS[shown.code],
    code: codeName(shown.code),
    message: shown.rawMessage,
    reason: info?.reason ?? "",
    metadata: info?.metadata ?? {},
    requestId: request.id,
    traceId: currentTraceId(),
  };
}

function knownError(error: FastifyError | Error): ConnectError | undefined {
  if (error instanceof ConnectError) {
    const ours = error.code === Code.Internal || error.code === Code.Unknown || error.code === Code.DataLoss;
    return ours && errorInfoOf(error) === undefined ? undefined : error;
  }
  const status = "statusCode" in error ? error.statusCode : undefined;
  // Fastify's own refusals: a body that is no JSON, too large, or of a type nobody reads.
  if (status !== undefined && status >= 400 && status < 500)
    return serviceError(status === 413 ? Code.ResourceExhausted : Code.InvalidArgument, "FIELD_INVALID", error.message);
  return undefined;
}

function codeName(code: Code): string {
  return Code[code].replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
