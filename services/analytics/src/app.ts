import type { App } from "@coursemesh/platform/service/app.ts";
import { analyticsRoutes, analyticsServices } from "./routes.ts";

/** Composition root of the analytics service: no tables, workers or consumers yet. */
export function buildApp(): App {
  return {
    name: "analytics",
    services: analyticsServices,
    routes: analyticsRoutes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
