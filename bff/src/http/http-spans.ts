import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";

const tracer = trace.getTracer("coursemesh.bff");
const spans = new WeakMap<FastifyRequest, Span>();

/** One SERVER span a request, child of the browser's or client's when one was sent, so that a trace runs from the page to the SQL. */
export function httpSpans(server: FastifyInstance): void {
  server.addHook("onRequest", (request, _reply, done) => {
    const parent = propagation.extract(context.active(), request.headers);
    const span = tracer.startSpan(
      `${request.method} ${request.routeOptions.url ?? "(unknown)"}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          "http.request.method": request.method,
          "http.route": request.routeOptions.url ?? "",
          "url.scheme": request.protocol,
        },
      },
      parent,
    );
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });
  // A body is read in the connection's own async context; the handler has to run in the request's again.
  server.addHook("preHandler", (request, _reply, done) => {
    const span = spans.get(request);
    if (span) context.with(trace.setSpan(context.active(), span), done);
    else done();
  });
  server.addHook("onResponse", (request, reply, done) => {
    end(request, reply.statusCode);
    done();
  });
  server.addHook("onRequestAbort", (request, done) => {
    end(request, 499);
    done();
  });
}

function end(request: FastifyRequest, status: number): void {
  const span = spans.get(request);
  if (span === undefined) return;
  spans.delete(request);
  span.setAttribute("http.response.status_code", status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
