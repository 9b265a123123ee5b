import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { webhookConfig } from "./config.ts";
import { webhookServices } from "./routes.ts";

/** The event log, and what tells the outside of it. */
export const service = defineService({
  name: "webhook",
  port: MESH_PORTS.webhook,
  contract: webhookServices,
  config: webhookConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
