import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { analyticsConfig } from "./config.ts";
import { analyticsServices } from "./routes.ts";

/** Figures of what learners do, made of events. */
export const service = defineService({
  name: "analytics",
  port: MESH_PORTS.analytics,
  contract: analyticsServices,
  config: analyticsConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
