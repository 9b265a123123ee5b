import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { dispatchConfig } from "./config.ts";
import { dispatchServices } from "./routes.ts";

/** Courses given to other organizations' LMSs. */
export const service = defineService({
  name: "dispatch",
  port: MESH_PORTS.dispatch,
  contract: dispatchServices,
  config: dispatchConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
