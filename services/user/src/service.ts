import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { configSchema } from "./config.ts";
import { services } from "./routes.ts";

/** Organizations, their members, sessions and keys. */
export const service = defineService({
  name: "user",
  port: MESH_PORTS.user,
  contract: services,
  config: configSchema,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp: (config, deps) => buildApp(config, deps),
});
