import { Code } from "@connectrpc/connect";
import { serviceError, unauthenticated } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { toHttpFailure } from "../http/http-errors.ts";
import { dispatchApiRoutes } from "./dispatch-api-routes.ts";
import { failed } from "./envelope.ts";
import { eventRoutes } from "./event-routes.ts";
import { openApiRoute } from "./openapi/openapi-route.ts";

/** Our own REST API, in envelopes `{success, data, error}`: what SCORM Cloud's API v2 has no words for. */
export async function apiV1Server(server: FastifyInstance, clients: Clients, guard: Guard): Promise<void> {
  const stopping = new AbortController();
  await server.register(
    async (scope) => {
      scope.addHook("preClose", async () => stopping.abort());
      scope.setErrorHandler(async (error: Error, request, reply) => {
        const failure = toHttpFailure(error, request);
        if (failure.status === 401) reply.header("www-authenticate", 'Basic realm="coursemesh", charset="UTF-8"');
        return reply.code(failure.status).send(failed(failure));
      });
      const dispatch = dispatchApiRoutes(clients);
      guardRoutes(scope, eventRoutes(clients, stopping.signal), guard);
      guardRoutes(scope, dispatch, guard);
      guardRoutes(scope, [openApiRoute(dispatch)], guard);
      // Also tells nobody without credentials which paths there are.
      scope.all("/*", async ({ headers, method }) => {
        if (headers.authorization === undefined) throw unauthenticated();
        throw serviceError(Code.NotFound, "OPERATION_NOT_FOUND", `there is no such operation for ${method}`);
      });
    },
    { prefix: "/api/v1" },
  );
}
