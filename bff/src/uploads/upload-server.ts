import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { uploadRoutes } from "./upload-routes.ts";

/** Uploads below `/web`. Bodies that are no JSON are handed on as they arrive, whatever their size; the content service has the limit. */
export async function uploadServer(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  await server.register(
    async (scope) => {
      scope.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
      guardRoutes(scope, uploadRoutes(clients), guard);
    },
    { prefix: "/web" },
  );
}
