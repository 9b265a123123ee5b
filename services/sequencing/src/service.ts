import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { sequencingConfig } from "./config.ts";
import { sequencingServices } from "./routes.ts";

/** The sequencing service as the mesh sees it. */
export const service = defineService({
  name: "sequencing",
  port: MESH_PORTS.sequencing,
  contract: sequencingServices,
  config: sequencingConfig,
  migrations: undefined,
  buildApp,
});
