import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { dispatchConfig } from "./config.ts";
import { dispatchServices } from "./routes.ts";

/** The dispatch service as the mesh sees it. */
export const service = defineService({
  name: "dispatch",
  port: MESH_PORTS.dispatch,
  contract: dispatchServices,
  config: dispatchConfig,
  migrations: undefined,
  buildApp,
});
