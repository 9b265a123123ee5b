import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor, type StreamRequest, type UnaryRequest } from "@connectrpc/connect";
import { createValidateInterceptor } from "@connectrpc/validate";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";
import type { Logger } from "pino";
import { anonymous, callerKey, runAs } from "../auth/caller.ts";
import { CALLER_HEADER, type CallerSignature } from "../auth/caller-signature.ts";
import { ERROR_DOMAIN, errorInfoOf, fieldInvalid, unauthenticated } from "../errors/service-error.ts";
import { serverSpans } from "../telemetry/rpc-spans.ts";
import { currentTraceId } from "../telemetry/traceparent.ts";
import { accessOf, authorize } from "./access.ts";
import { iterateWith } from "./iterate-with.ts";

/** Turns an `Authorization` header's value into a caller, or throws UNAUTHENTICATED. */
export type Authenticator = (authorization: string) => Promise<Caller>;

/** What the interceptors of one server need. */
export interface ServerOptions {
  readonly signature: CallerSignature;
  /** For callers from outside, on servers that outsiders reach. Absent: only signed callers are known. */
  readonly authenticate?: Authenticator | undefined;
  readonly logger: Logger;
}

type Request = UnaryRequest | StreamRequest;

/** Every server has these, outermost first: trace, errors, who is calling, may they, is the request well formed. */
export function serverInterceptors(options: ServerOptions): Interceptor[] {
  return [
    serverSpans(),
    explainErrors(options.logger),
    identify(options),
    checkAccess(),
    explainViolations(),
    createValidateInterceptor(),
  ];
}

function identify(options: ServerOptions): Interceptor {
  return (next) => async (request) => {
    const caller = await callerOfRequest(request, options);
    request.contextValues.set(callerKey, caller);
    const response = await runAs(caller, () => next(request));
    if (!response.stream) return response;
    // A handler that streams runs while its answer is read, which is outside of `runAs` above.
    return { ...response, message: iterateWith(response.message, (step) => runAs(caller, step)) };
  };
}

async function callerOfRequest(request: Request, options: ServerOptions): Promise<Caller> {
  const signed = request.header.get(CALLER_HEADER);
  if (signed !== null) {
    const caller = options.signature.verify(signed);
    if (caller === undefined) throw unauthenticated("the signed caller is wrong or too old");
    return caller;
  }
  const authorization = request.header.get("authorization");
  if (!authorization || options.authenticate === undefined) return anonymous;
  try {
    return await options.authenticate(authorization);
  } catch (error) {
    // Signing in and renewing a session must work with an old token still in the header.
    if (accessOf(request.method).case === "anyone") return anonymous;
    throw error;
  }
}

function checkAccess(): Interceptor {
  return (next) => async (request) => {
    authorize(request.method, request.contextValues.get(callerKey));
    return next(request);
  };
}

/** Gives protovalidate's refusals a reason like every other error. */
function explainViolations(): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (error instanceof ConnectError && error.code === Code.InvalidArgument && !errorInfoOf(error)) {
        const [field = "", ...rest] = error.rawMessage.split(": ");
        const metadata = { field, description: rest.join(": ") };
        error.details.push({
          desc: ErrorInfoSchema,
          value: create(ErrorInfoSchema, { reason: "FIELD_INVALID", domain: ERROR_DOMAIN, metadata }),
        });
      }
      throw error;
    }
  };
}

/** Faults of ours go to the log with their cause and to the caller as INTERNAL with a trace id, nothing more. */
function explainErrors(logger: Logger): Interceptor {
  const explain = (error: unknown, request: Request): ConnectError => {
    const known = ConnectError.from(error);
    if (error instanceof ConnectError && known.code !== Code.Unknown && known.code !== Code.Internal) return known;
    if (isUnstorableText(error)) return fieldInvalid("request", "holds a text or an id that cannot be stored");
    const traceId = currentTraceId();
    logger.error(
      { err: error, rpc: `${request.service.typeName}/${request.method.name}`, trace_id: traceId },
      "a call failed for a reason of ours",
    );
    const value = create(ErrorInfoSchema, {
      reason: "INTERNAL",
      domain: ERROR_DOMAIN,
      metadata: { trace_id: traceId },
    });
    return new ConnectError(
      "something went wrong on our side",
      Code.Internal,
      undefined,
      [{ desc: ErrorInfoSchema, value }],
      error,
    );
  };
  return (next) => async (request) => {
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: rethrow(response.message, (error) => explain(error, request)) };
    } catch (error) {
      throw explain(error, request);
    }
  };
}

/** PostgreSQL's refusals of a value itself: U+0000 in a text (22021), or a text that is no UUID or number (22P02). */
function isUnstorableText(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (["22021", "22P02"].includes((cause as { code?: string }).code ?? "")) return true;
  }
  return false;
}

async function* rethrow<T>(messages: AsyncIterable<T>, explain: (error: unknown) => Error): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw explain(error);
  }
}
