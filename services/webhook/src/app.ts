import type { App } from "@coursemesh/platform/service/app.ts";
import { webhookRoutes, webhookServices } from "./routes.ts";

/** Composition root of the webhook service: no tables, workers or consumers yet. */
export function buildApp(): App {
  return {
    name: "webhook",
    services: webhookServices,
    routes: webhookRoutes,
    start: async () => undefined,
    check: async () => undefined,
    stop: async () => undefined,
  };
}
