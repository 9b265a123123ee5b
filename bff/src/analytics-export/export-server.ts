import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { analyticsExportRoutes } from "./export-routes.ts";

/** Downloads of reports below `/web`. */
export async function analyticsExportServer(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  await server.register(async (scope) => guardRoutes(scope, analyticsExportRoutes(clients), guard), { prefix: "/web" });
}
