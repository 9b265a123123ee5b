import type { App } from "@coursemesh/platform/service/app.ts";
import { sequencingRoutes, sequencingServices } from "./routes.ts";

/** Composition root of the sequencing service: no tables, workers or consumers yet. */
export function buildApp(): App {
  return {
    name: "sequencing",
    services: sequencingServices,
    routes: sequencingRoutes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
