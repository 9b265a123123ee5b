import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { webhookConfig } from "./config.ts";

/** The webhook service as the mesh sees it. */
export const service = defineService({
  name: "webhook",
  port: MESH_PORTS.webhook,
  config: webhookConfig,
  migrations: undefined,
  buildApp,
});
