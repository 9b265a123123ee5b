import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { dispatchExportRoutes } from "./export-routes.ts";

/** Downloads of dispatches' figures below `/web`. */
export async function dispatchExportServer(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  await server.register(async (scope) => guardRoutes(scope, dispatchExportRoutes(clients), guard), { prefix: "/web" });
}
