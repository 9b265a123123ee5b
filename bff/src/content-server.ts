import type { FastifyInstance } from "fastify";
import type { BffConfig } from "./config.ts";
import type { BffDeps } from "./deps.ts";
import { createServer } from "./http/create-server.ts";

/** The server of CONTENT_PORT: packages and the player, without cookies and without any of the admin API. */
export async function contentServer(config: BffConfig, { logger }: BffDeps): Promise<FastifyInstance> {
  return createServer(config, logger);
}
