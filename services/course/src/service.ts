import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { configSchema } from "./config.ts";
import { services } from "./routes.ts";

/** Courses, their versions and their settings. */
export const service = defineService({
  name: "course",
  port: MESH_PORTS.course,
  contract: services,
  config: configSchema,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp: (config, deps) => buildApp(config, deps),
});
