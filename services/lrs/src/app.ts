import type { App } from "@coursemesh/platform/service/app.ts";
import { lrsRoutes, lrsServices } from "./routes.ts";

/** Composition root of the lrs service: no tables, workers or consumers yet. */
export function buildApp(): App {
  return {
    name: "lrs",
    services: lrsServices,
    routes: lrsRoutes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
