import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { analyticsConfig } from "./config.ts";
import { analyticsServices } from "./routes.ts";

/** The analytics service as the mesh sees it. */
export const service = defineService({
  name: "analytics",
  port: MESH_PORTS.analytics,
  contract: analyticsServices,
  config: analyticsConfig,
  migrations: undefined,
  buildApp,
});
