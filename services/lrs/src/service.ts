import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { lrsConfig } from "./config.ts";

/** The lrs service as the mesh sees it. */
export const service = defineService({
  name: "lrs",
  port: MESH_PORTS.lrs,
  config: lrsConfig,
  migrations: undefined,
  buildApp,
});
