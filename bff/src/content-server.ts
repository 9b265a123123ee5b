import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { unavailable } from "@coursemesh/platform/errors/service-error.ts";
import type { FastifyInstance } from "fastify";
import type { BffConfig } from "./config.ts";
import { contentOrigin } from "./content-origin/content-origin.ts";
import { tolerateBadUrl } from "./content-origin/file-routes.ts";
import type { BffDeps } from "./deps.ts";
import { createServer } from "./http/create-server.ts";

/** The server of CONTENT_PORT: packages and the player, without cookies and without any of the admin API. */
export async function contentServer(
  config: BffConfig,
  { clients, bus, blobs, logger }: BffDeps,
): Promise<FastifyInstance> {
  const player = join(resolve(config.WEB_DIR), "player");
  const server = createServer(config, logger, { rewriteUrl: tolerateBadUrl });
  server.get("/livez", async () => ({ status: "ok" }));
  await server.register(
    contentOrigin({
      clients,
      bus,
      blobs,
      contentUrl: config.CONTENT_URL,
      playerHtml: playerPage(join(player, "player.html")),
      playerAssets: player,
      ...(config.FRAME_ANCESTORS !== undefined && { frameAncestors: config.FRAME_ANCESTORS }),
    }),
  );
  return server;
}

/** Reads the built page once; a page that is not there yet is looked for again at the next launch. */
function playerPage(file: string): () => Promise<string> {
  let page: string | undefined;
  return async () => {
    page ??= await readFile(file, "utf8").catch((error: unknown) => {
      throw unavailable("the built player", error);
    });
    return page;
  };
}
