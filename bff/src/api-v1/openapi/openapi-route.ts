import type { GuardedRoute } from "../../http/guarded-route.ts";
import type { DocumentedRoute } from "../documented-route.ts";
import { openApiDocument } from "./openapi-document.ts";

/** Version of what is below `/api/v1/dispatch`. */
const VERSION = "1.0.0";

/** `GET /api/v1/openapi.json`: made once, on the first request. */
export function openApiRoute(routes: readonly DocumentedRoute[]): GuardedRoute {
  let document: object | undefined;
  return {
    method: "GET",
    path: "/openapi.json",
    access: "authenticated",
    async operation() {
      document ??= openApiDocument(routes, "/api/v1", VERSION);
      return { status: 200, body: document };
    },
  };
}
