import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { runtimeConfig } from "./config.ts";
import { services } from "./routes.ts";

/** Registrations, instances, learners, launches and the journal. */
export const service = defineService({
  name: "runtime",
  port: MESH_PORTS.runtime,
  config: runtimeConfig,
  contract: services,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
