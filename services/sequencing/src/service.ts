import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { sequencingConfig } from "./config.ts";
import { sequencingServices } from "./routes.ts";

/** Sequencing sessions, their trace, global objectives and shared data. */
export const service = defineService({
  name: "sequencing",
  port: MESH_PORTS.sequencing,
  contract: sequencingServices,
  config: sequencingConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
