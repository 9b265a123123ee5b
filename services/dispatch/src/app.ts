import type { App } from "@coursemesh/platform/service/app.ts";
import { dispatchRoutes, dispatchServices } from "./routes.ts";

/** Composition root of the dispatch service: no tables, workers or consumers yet. */
export function buildApp(): App {
  return {
    name: "dispatch",
    services: dispatchServices,
    routes: dispatchRoutes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
