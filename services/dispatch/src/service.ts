import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { dispatchConfig } from "./config.ts";

/** The dispatch service as the mesh sees it. */
export const service = defineService({
  name: "dispatch",
  port: MESH_PORTS.dispatch,
  config: dispatchConfig,
  migrations: undefined,
  buildApp,
});
