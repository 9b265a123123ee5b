import fastifyMultipart from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import { type Guard, guardRoutes } from "../http/guarded-route.ts";
import { toHttpFailure } from "../http/http-errors.ts";
import type { ApiDeps } from "./api-deps.ts";
import { apiRoutes } from "./api-routes.ts";

/** Where the REST API is. */
export const API_PREFIX = "/api/v2";

/** The REST API with the vendor's conventions: Basic credentials, errors as `{message}`. */
export async function apiServer(server: FastifyInstance, deps: ApiDeps, guard: Guard): Promise<void> {
  await server.register(
    async (scope) => {
      await scope.register(fastifyMultipart, {
        limits: { fileSize: Number.MAX_SAFE_INTEGER, files: 1, fields: 20, fieldSize: 1024 * 1024 },
      });
      // The vendor's client sets a JSON type on requests without a body.
      scope.removeContentTypeParser("application/json");
      scope.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
        try {
          done(null, text === "" ? undefined : JSON.parse(text as string));
        } catch {
          done(Object.assign(new Error("the body is no JSON"), { statusCode: 400 }));
        }
      });
      scope.setErrorHandler(async (error: Error, request, reply) => {
        const { status, message, reason, requestId, traceId } = toHttpFailure(error, request);
        if (status === 401) reply.header("www-authenticate", 'Basic realm="coursemesh", charset="UTF-8"');
        // The vendor has one status for what cannot be done as asked.
        return reply.code(status === 409 ? 400 : status).send({ message, reason, requestId, traceId });
      });
      guardRoutes(scope, apiRoutes(deps), guard);
      // Also tells nobody without credentials which paths there are.
      scope.all("/*", async (request, reply) => {
        if (request.headers.authorization === undefined)
          return reply
            .code(401)
            .header("www-authenticate", 'Basic realm="coursemesh", charset="UTF-8"')
            .send({ message: "no valid credentials were given" });
        return reply.code(404).send({ message: "there is no such operation", requestId: request.id });
      });
    },
    { prefix: API_PREFIX },
  );
}
