import { Code, ConnectError } from "@connectrpc/connect";
import { runAs } from "@coursemesh/platform/auth/caller.ts";
import { scopeOf } from "@coursemesh/platform/auth/permissions.ts";
import { permissionMissing, unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import type { Authenticator } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { type Caller, CallerKind, type Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LimitRequest } from "../rate-limit/limit-requests.ts";
import { type QueryParameters, queryParameters } from "./query-parameters.ts";

/** Who may use a route: holders of a permission, or any caller that is known. There is no third; every route says which. */
export type RouteAccess = { readonly permission: Permission } | "authenticated";

/** What a route's operation is given. */
export interface OperationInput {
  readonly caller: Caller;
  /** From the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: QueryParameters;
  readonly body: unknown;
  readonly request: FastifyRequest;
}

/** What an operation answers. */
export interface Answer {
  readonly status: number;
  /** JSON; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Operation = (input: OperationInput) => Promise<Answer>;

/** One line of a table of routes. */
export interface GuardedRoute {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `:name` for parameters, below the table's prefix. */
  readonly path: string;
  readonly access: RouteAccess;
  readonly operation: Operation;
}

declare module "fastify" {
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
}

/**
 * Deny by default: from here on, a route that neither declares its access nor is one of those open to all does not start.
 * @param open addresses of routes that need no caller, or check it by themselves.
 */
export function requireAccess(server: FastifyInstance, open: readonly RegExp[]): void {
  server.addHook("onRoute", ({ method, url, config }) => {
    if (config?.access === undefined && !open.some((pattern) => pattern.test(url)))
      throw new Error(`${method} ${url} declares no access; deny by default`);
  });
}

/** What stands in front of every route. */
export interface Guard {
  readonly authenticate: Authenticator;
  readonly limit: LimitRequest;
}

/** A permission a route needs. */
export const needs = (permission: Permission): RouteAccess => ({ permission });

/**
 * Adds routes to a server. The caller is found, counted and authorized before the body is read; operations call services on behalf of
 * that caller.
 */
export function guardRoutes(server: FastifyInstance, routes: readonly GuardedRoute[], guard: Guard): void {
  const callers = new WeakMap<FastifyRequest, Caller>();

  const check = async (request: FastifyRequest, reply: FastifyReply, access: RouteAccess): Promise<void> => {
    const caller = await findCaller(request, reply, guard);
    callers.set(request, caller);
    if (access === "authenticated") return;
    if (!caller.permissions.includes(access.permission)) throw permissionMissing(scopeOf(access.permission));
    if (caller.organizationId === "") throw unauthenticated("choose an organization first");
  };

  for (const { method, path, access, operation } of routes) {
    server.route({
      method,
      url: path,
      exposeHeadRoute: false,
      config: { access },
      onRequest: (request, reply) => check(request, reply, access),
      handler: async (request, reply) => {
        const caller = callers.get(request);
        if (caller === undefined) throw unauthenticated();
        const input: OperationInput = {
          caller,
          params: request.params as Record<string, string>,
          query: queryParameters(request.query),
          body: request.body,
          request,
        };
        const answer = await runAs(caller, () => operation(input));
        reply.code(answer.status).headers(answer.headers ?? {});
        return answer.body === undefined ? reply.send() : reply.send(answer.body);
      },
    });
  }
}

/**
 * Who sends a request; counts it. A request that nobody vouches for counts against its address.
 * @throws UNAUTHENTICATED, RATE_LIMIT_REACHED
 */
export async function findCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  guard: Guard,
  authorization = request.headers.authorization,
): Promise<Caller> {
  try {
    if (authorization === undefined) throw unauthenticated();
    const caller = await guard.authenticate(authorization);
    if (caller.kind === CallerKind.ANONYMOUS || caller.kind === CallerKind.UNSPECIFIED) throw unauthenticated();
    await guard.limit(request, reply, caller);
    return caller;
  } catch (error) {
    // Guesses count against the address they come from.
    if (error instanceof ConnectError && error.code === Code.Unauthenticated)
      await guard.limit(request, reply, undefined);
    throw error;
  }
}
