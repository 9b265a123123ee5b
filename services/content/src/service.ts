import { fileURLToPath } from "node:url";
import { defineService, MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { buildApp } from "./app.ts";
import { contentConfig } from "./config.ts";
import { contentServices } from "./routes.ts";

/** The content service as the mesh sees it. */
export const service = defineService({
  name: "content",
  port: MESH_PORTS.content,
  contract: contentServices,
  config: contentConfig,
  migrations: fileURLToPath(new URL("../migrations", import.meta.url)),
  buildApp,
});
