import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import type { FastifyInstance } from "fastify";
import { GATEWAY_PREFIX } from "../dispatch-gateway/gateway-server.ts";
import { sendPackage } from "../dispatch-package/send-package.ts";
import { type Guard, type GuardedRoute, guardRoutes, needs } from "../http/guarded-route.ts";

/** `GET /dispatch/v1/packages/:id/file?download=<uuid>`: a package for people who are signed in and for API keys, whole or in parts. */
export async function downloadServer(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  const routes = (["GET", "HEAD"] as const).map(
    (method): GuardedRoute => ({
      method,
      path: "/packages/:id/file",
      access: needs(Permission.DISPATCH_READ),
      operation: (input) => sendPackage(clients, input.params.id ?? "", input),
    }),
  );
  await server.register(async (scope) => guardRoutes(scope, routes, guard), { prefix: GATEWAY_PREFIX });
}
