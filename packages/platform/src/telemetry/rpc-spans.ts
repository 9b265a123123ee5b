import { ConnectError, type Interceptor, type StreamRequest, type UnaryRequest } from "@connectrpc/connect";
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { iterateWith } from "../rpc/iterate-with.ts";

const tracer = trace.getTracer("coursemesh.rpc");

/** One CLIENT span a call, its context sent along. */
export function clientSpans(): Interceptor {
  return (next) => (request) =>
    tracer.startActiveSpan(nameOf(request), { kind: SpanKind.CLIENT, attributes: attributesOf(request) }, (span) => {
      propagation.inject(context.active(), request.header, { set: (header, key, value) => header.set(key, value) });
      return finish(span, () => next(request));
    });
}

/** One SERVER span a call, child of the caller's when one was sent. */
export function serverSpans(): Interceptor {
  return (next) => (request) => {
    const parent = propagation.extract(context.active(), request.header, {
      keys: (header) => [...header.keys()],
      get: (header, key) => header.get(key) ?? undefined,
    });
    return tracer.startActiveSpan(
      nameOf(request),
      { kind: SpanKind.SERVER, attributes: attributesOf(request) },
      parent,
      (span) => finish(span, () => next(request)),
    );
  };
}

type Response = Awaited<ReturnType<Parameters<Interceptor>[0]>>;

async function finish(span: Span, call: () => Promise<Response>): Promise<Response> {
  try {
    const response = await call();
    if (!response.stream) {
      span.end();
      return response;
    }
    return { ...response, message: endAfter(span, response.message) };
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

async function* endAfter<T>(span: Span, messages: AsyncIterable<T>): AsyncGenerator<T> {
  const inside = trace.setSpan(context.active(), span);
  try {
    yield* iterateWith(messages, (step) => context.with(inside, step));
    span.end();
  } catch (error) {
    fail(span, error);
    throw error;
  }
}

function fail(span: Span, error: unknown): void {
  const { code, rawMessage } = ConnectError.from(error);
  span.setAttribute("rpc.response.status_code", code);
  span.setStatus({ code: SpanStatusCode.ERROR, message: rawMessage });
  span.end();
}

function nameOf(request: UnaryRequest | StreamRequest): string {
  return `${request.service.typeName}/${request.method.name}`;
}

function attributesOf(request: UnaryRequest | StreamRequest): Record<string, string> {
  return {
    "rpc.system.name": "connectrpc",
    "rpc.service": request.service.typeName,
    "rpc.method": request.method.name,
  };
}
