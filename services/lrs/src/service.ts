import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { lrsConfig } from "./config.ts";
import { lrsServices } from "./routes.ts";

/** Statements, documents and everything else of the Experience API. */
export const service = defineService({
  name: "lrs",
  port: MESH_PORTS.lrs,
  contract: lrsServices,
  config: lrsConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
