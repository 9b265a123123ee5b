import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import type { Logger } from "pino";
import type { BffConfig } from "../config.ts";
import { toHttpFailure } from "./http-errors.ts";
import { httpSpans } from "./http-spans.ts";

const REQUEST_ID = /^[\w.-]{8,64}$/;

/** A Fastify server with what every port has: request ids, traces, errors that say no more than they should. */
export function createServer(
  config: BffConfig,
  logger: Logger,
  options: Pick<FastifyServerOptions, "rewriteUrl"> = {},
): FastifyInstance {
  const server = fastify({
    ...options,
    loggerInstance: logger as never,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustProxy(config.TRUST_PROXY),
    bodyLimit: config.JSON_LIMIT,
    routerOptions: { maxParamLength: 4_000 },
    forceCloseConnections: "idle",
    return503OnClosing: true,
    genReqId: (request) => {
      const given = request.headers["x-request-id"];
      return typeof given === "string" && REQUEST_ID.test(given) ? given : uuidV7();
    },
  }) as unknown as FastifyInstance;
  httpSpans(server);
  server.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  server.setErrorHandler(async (error: Error, request, reply) => {
    const { status, ...body } = toHttpFailure(error, request);
    return reply.code(status).send(body);
  });
  return server;
}

/** A number of hops, or addresses. */
function trustProxy(proxies: string | number): string | ((address: string, hop: number) => boolean) {
  return typeof proxies === "string" ? proxies : (_address, hop) => hop < proxies;
}
