import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { exportRoutes } from "./export-routes.ts";

/** Downloads of statements below `/web`. */
export async function exportServer(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  await server.register(async (scope) => guardRoutes(scope, exportRoutes(clients), guard), { prefix: "/web" });
}
