import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { lrsConfig } from "./config.ts";
import { lrsServices } from "./routes.ts";

/** The lrs service as the mesh sees it. */
export const service = defineService({
  name: "lrs",
  port: MESH_PORTS.lrs,
  contract: lrsServices,
  config: lrsConfig,
  migrations: undefined,
  buildApp,
});
