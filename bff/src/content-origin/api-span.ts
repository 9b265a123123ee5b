import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { FastifyReply, FastifyRequest } from "fastify";

const tracer = trace.getTracer("coursemesh.bff");

/**
 * Runs the handler of a player request in a SERVER span that continues the page's `traceparent`. A server that traces every request
 * has made one already; then there is no second. The route's pattern is named, never the address with its token.
 */
export async function inApiSpan<T>(request: FastifyRequest, reply: FastifyReply, handle: () => Promise<T>): Promise<T> {
  if (trace.getActiveSpan()) return handle();
  const route = request.routeOptions.url ?? "";
  const parent = propagation.extract(context.active(), request.headers);
  const attributes = { "http.request.method": request.method, "http.route": route };
  return tracer.startActiveSpan(
    `${request.method} ${route}`,
    { kind: SpanKind.SERVER, attributes },
    parent,
    async (span) => {
      try {
        return await handle();
      } finally {
        span.setAttribute("http.response.status_code", reply.statusCode);
        if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      }
    },
  );
}
