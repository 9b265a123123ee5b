import type { IncomingMessage, ServerResponse } from "node:http";
import { isIPv4 } from "node:net";
import type { FastifyInstance } from "fastify";

/** Writes Prometheus text, as `getMetricsRequestHandler` of OpenTelemetry's exporter does. */
export type MetricsHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** `/metrics` for Prometheus: for this machine only, unless the operator opened it. */
export function metricsRoute(server: FastifyInstance, handle: MetricsHandler, isPublic: boolean): void {
  server.get("/metrics", (request, reply) => {
    if (!isPublic && !isLoopback(request.ip)) {
      reply.code(404).send();
      return;
    }
    reply.hijack();
    handle(request.raw, reply.raw);
  });
}

function isLoopback(address: string): boolean {
  const bare = address.replace(/^::ffff:/, "");
  return bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}
