import type { Readable } from "node:stream";
import { anonymous, runAs } from "@coursemesh/platform/auth/caller.ts";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { permissionMissing, unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { findCaller, type Guard } from "../http/guarded-route.ts";
import { tooManyRequests } from "../http/http-errors.ts";
import type { RateLimiter } from "../rate-limit/rate-limiter.ts";
import { type AlternateRequest, isAlternate, readAlternate } from "./request/alternate-request.ts";
import { type KeyLimit, keyLimits } from "./request/key-limits.ts";
import { xapiParameters } from "./request/xapi-parameters.ts";
import type { XapiRequest } from "./request/xapi-request.ts";
import { readVersion, VERSION_HEADER, versionName, versionUnsupported } from "./request/xapi-version.ts";
import { methodNotAllowed } from "./xapi-errors.ts";
import type { XapiRoute } from "./xapi-routes.ts";

/** What stands in front of every resource. */
export interface XapiHandler {
  /** Finds out who calls, whether they may, and in which version; before the body is read. @param route undefined: there is no such method. */
  admit(request: FastifyRequest, reply: FastifyReply, route: XapiRoute | undefined): Promise<void>;
  /** Runs the resource's operation. */
  answer(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply>;
  /** Who calls, once it is known. */
  callerOf(request: FastifyRequest): Caller | undefined;
}

interface Admitted {
  readonly caller: Caller;
  readonly version: XapiVersion;
  readonly route: XapiRoute;
}

const NOTHING = Buffer.alloc(0);
const MINUTE_SECONDS = 60;

/** @param limiter counts requests of keys that have a limit a minute of their own, whatever the plan allows. */
export function xapiHandler(
  routes: readonly XapiRoute[],
  clients: Clients,
  guard: Guard,
  limiter: RateLimiter,
): XapiHandler {
  const byMethod = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  const limitOf = keyLimits(clients);
  const callers = new WeakMap<FastifyRequest, Caller>();
  const admittances = new WeakMap<FastifyRequest, Admitted>();

  const versionOf = (reply: FastifyReply, limit: KeyLimit, text: string | undefined): XapiVersion => {
    const version = text === undefined ? limit.defaultVersion : readVersion(text);
    if (version === undefined) throw versionUnsupported(text);
    reply.header(VERSION_HEADER, versionName(version));
    return version;
  };

  const count = async (reply: FastifyReply, caller: Caller, { requestsPerMinute }: KeyLimit): Promise<void> => {
    if (requestsPerMinute === 0) return;
    const key = `xapi:${caller.organizationId}:${caller.id}`;
    const { allowed, resetSeconds } = await limiter.take(key, requestsPerMinute, MINUTE_SECONDS);
    if (allowed) return;
    reply.header("retry-after", Math.max(1, resetSeconds - Math.floor(Date.now() / 1000)));
    throw tooManyRequests(requestsPerMinute, "a minute");
  };

  const admit = async (
    request: FastifyRequest,
    reply: FastifyReply,
    route: XapiRoute | undefined,
    header: XapiRequest["header"],
  ): Promise<Admitted> => {
    if (route?.permission === undefined && route !== undefined) {
      await guard.limit(request, reply, undefined);
      return { caller: anonymous, version: readVersion(header(VERSION_HEADER)) ?? XapiVersion.V2_0_0, route };
    }
    const caller = await findCaller(request, reply, guard, header("authorization"));
    if (caller.organizationId === "") throw unauthenticated("choose an organization first");
    callers.set(request, caller);
    if (route?.permission === undefined) throw methodNotAllowed(request.method);
    const limit = await limitOf(caller);
    await count(reply, caller, limit);
    const version = versionOf(reply, limit, header(VERSION_HEADER));
    if (!caller.permissions.includes(route.permission)) throw permissionMissing(scopeOf(route.permission));
    return { caller, version, route };
  };

  const admitAlternate = async (
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    { method, headers }: AlternateRequest,
  ): Promise<Admitted> => {
    const route = byMethod.get(`${method === "HEAD" ? "GET" : method} ${path}`);
    return admit(request, reply, route, (name) => headers[name] ?? headerOf(request, name));
  };

  return {
    callerOf: (request) => callers.get(request),
    async admit(request, reply, route) {
      admittances.set(request, await admit(request, reply, route, (name) => headerOf(request, name)));
    },
    async answer(request, reply, path) {
      const alternate = isAlternate(request) ? readAlternate(request, bodyOf(request) as Buffer) : undefined;
      const admitted =
        alternate === undefined ? admittances.get(request) : await admitAlternate(request, reply, path, alternate);
      if (admitted === undefined) throw unauthenticated();
      const { caller, version, route } = admitted;
      const { status, headers, body } = await runAs(caller, () =>
        route.operation({
          caller,
          version,
          parameters: xapiParameters(
            alternate?.parameters ?? (request.query as Record<string, unknown>),
            route.parameters,
          ),
          header: (name) => alternate?.headers[name] ?? headerOf(request, name),
          body: alternate?.body ?? bodyOf(request),
        }),
      );
      reply.code(status).headers(headers ?? {});
      return alternate?.method === "HEAD" || body === undefined ? reply.send() : reply.send(body);
    },
  };
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function bodyOf({ body }: FastifyRequest): Buffer | Readable {
  return (body as Buffer | Readable | undefined) ?? NOTHING;
}
