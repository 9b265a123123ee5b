import { Readable } from "node:stream";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import fastifyCompress from "@fastify/compress";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Guard, RouteAccess } from "../http/guarded-route.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { DOCUMENT_BYTES } from "./document/document-operations.ts";
import { isAlternate } from "./request/alternate-request.ts";
import { CORS_HEADERS, PREFLIGHT_HEADERS } from "./request/cors.ts";
import { readVersion, VERSION_HEADER, VERSION_OF_NO_VERSION, versionName } from "./request/xapi-version.ts";
import { CONSISTENT_THROUGH_HEADER, consistentThrough } from "./statement/consistent-through.ts";
import type { BodyLimits } from "./statement/receive-statements.ts";
import { methodNotAllowed, nothingHere, toXapiFailure } from "./xapi-errors.ts";
import { xapiHandler } from "./xapi-handler.ts";
import { type XapiRoute, xapiRoutes } from "./xapi-routes.ts";

/** Where the learning record store is. */
export const XAPI_PREFIX = "/xapi";

/** Addresses that need no caller: what this store is, preflights, and refusals of what is not there. */
export const OPEN_XAPI_ROUTES = /^\/xapi\/(?:about|\*)$/;

/** Smaller answers are not worth compressing. */
const COMPRESS_FROM_BYTES = 1_024;

/**
 * The Experience API, 1.0.3 and 2.0 on one address. Pages of any origin may call it, since it knows callers by their Authorization header
 * and never by a cookie.
 */
export async function xapiServer(
  server: FastifyInstance,
  clients: Clients,
  guard: Guard,
  limiter: RateLimiter,
  limits: BodyLimits,
): Promise<void> {
  const through = consistentThrough(clients);
  const routes = xapiRoutes(clients, through, limits);
  const handler = xapiHandler(routes, clients, guard, limiter);
  const paths = new Set(routes.map(({ path }) => path));

  await server.register(
    async (scope) => {
      await scope.register(fastifyCompress, {
        threshold: COMPRESS_FROM_BYTES,
        encodings: ["gzip", "deflate"],
        requestEncodings: ["gzip", "deflate"],
      });
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser("multipart/mixed", (_request, payload, done) => done(null, payload));
      scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));

      scope.addHook("onRequest", (request, reply, done) => {
        reply.headers(CORS_HEADERS).header(VERSION_HEADER, versionOfAnswer(request));
        done();
      });
      scope.setErrorHandler(async (error: Error, request, reply) => {
        const { status, headers, body } = toXapiFailure(error, request);
        // The rest of a body that nobody reads must not be taken for the next request.
        if (request.body instanceof Readable && !request.raw.complete) reply.header("connection", "close");
        return reply.code(status).headers(headers).send(body);
      });

      const addThrough = async (request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> => {
        const caller = handler.callerOf(request);
        if (caller === undefined || reply.hasHeader(CONSISTENT_THROUGH_HEADER)) return payload;
        const value = await through.of(caller);
        if (value !== undefined) reply.header(CONSISTENT_THROUGH_HEADER, value);
        return payload;
      };
      for (const path of paths) {
        const isStatements = path.startsWith("/statements");
        for (const { methods, route } of methodsOf(path, routes))
          scope.route({
            method: methods,
            url: path,
            exposeHeadRoute: false,
            bodyLimit: isStatements ? limits.json : DOCUMENT_BYTES,
            ...(route === undefined || route.permission !== undefined ? { config: { access: accessOf(route) } } : {}),
            ...(isStatements ? { onSend: addThrough } : {}),
            onRequest: async (request, reply) => {
              // Who sends a form that stands for another request is known once its body is read.
              if (!isAlternate(request)) await handler.admit(request, reply, route);
            },
            handler: (request, reply) => handler.answer(request, reply, path),
          });
      }
      scope.all("/*", async (request, reply) => {
        if (request.method === "OPTIONS") return reply.code(204).headers(PREFLIGHT_HEADERS).send();
        const path = `/${(request.params as Record<string, string>)["*"] ?? ""}`;
        throw paths.has(path) ? methodNotAllowed(request.method) : nothingHere();
      });
    },
    { prefix: XAPI_PREFIX },
  );
}

/** The methods of a path. POST is always one, because an alternate request may stand for any other. */
function methodsOf(
  path: string,
  routes: readonly XapiRoute[],
): { readonly methods: string[]; readonly route: XapiRoute | undefined }[] {
  const found = routes
    .filter((route) => route.path === path)
    .map((route) => ({ methods: route.method === "GET" ? ["GET", "HEAD"] : [route.method as string], route }));
  const hasPost = found.some(({ methods }) => methods.includes("POST"));
  return hasPost ? found : [...found, { methods: ["POST"], route: undefined }];
}

function accessOf(route: XapiRoute | undefined): RouteAccess {
  return route?.permission === undefined ? "authenticated" : { permission: route.permission };
}

function versionOfAnswer({ headers, method, url }: FastifyRequest): string {
  const asked = headers[VERSION_HEADER];
  // The about resource and preflights need not name a version.
  const isMissing = asked === undefined && method !== "OPTIONS" && !/^\/xapi\/about(?:\?|$)/.test(url);
  return isMissing ? VERSION_OF_NO_VERSION : versionName(typeof asked === "string" ? readVersion(asked) : undefined);
}
