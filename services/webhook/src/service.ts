import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { webhookConfig } from "./config.ts";
import { webhookServices } from "./routes.ts";

/** The webhook service as the mesh sees it. */
export const service = defineService({
  name: "webhook",
  port: MESH_PORTS.webhook,
  contract: webhookServices,
  config: webhookConfig,
  migrations: undefined,
  buildApp,
});
