import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Code } from "@connectrpc/connect";
import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import { errorInfoOf, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { EventBus } from "@coursemesh/platform/events/event-bus.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { contentHeaders, playerPolicy } from "./content-headers.ts";
import { fileDirectory } from "./file-directory.ts";
import { fileRoutes } from "./file-routes.ts";
import { launchDirectory, TOKEN } from "./launch-directory.ts";
import { failLaunch } from "./launch-failure.ts";
import { playerApi } from "./player-api.ts";
import { refusalPage } from "./refusal-page.ts";
import { versionHost } from "./version-host.ts";

/** What the content origin needs. */
export interface ContentOriginDeps {
  readonly clients: Clients;
  readonly bus: EventBus;
  readonly blobs: BlobStore;
  /** Where browsers reach it; `{version}` in the host gives each course version an origin of its own. */
  readonly contentUrl: string;
  /** Who may frame player and content, as sources of CSP; default `'self'`. */
  readonly frameAncestors?: string;
  /** The built page of the player. */
  readonly playerHtml: () => Promise<string>;
  /** Folder that `/_player/` serves: the player's scripts and styles, with hashes in their names. */
  readonly playerAssets: string;
}

/** Ends after which the player itself says what is the matter, and may go on. */
const PLAYER_EXPLAINS = new Set(["EXIT", "CLOSED", "SUPERSEDED"]);

/**
 * The origin that packages and the player live on: no cookie is read or set, nothing of the admin API answers, and the launch's token
 * in the address is the only key. Register it on the server of CONTENT_PORT; see `tolerateBadUrl` for that server's options.
 */
export function contentOrigin(deps: ContentOriginDeps): (fastify: FastifyInstance) => Promise<void> {
  const { clients, bus, blobs, playerHtml, frameAncestors = "'self'" } = deps;
  return async (fastify) => {
    const launches = launchDirectory(clients);
    const files = fileDirectory(clients, bus);
    const hosts = versionHost(deps.contentUrl);
    const headers = contentHeaders(frameAncestors);
    fastify.addHook("onClose", async () => files.stop());

    await fastify.register(async (scope) => {
      scope.addHook("onRequest", (_request, reply, done) => {
        reply.headers(headers);
        done();
      });

      scope.setErrorHandler(async (error: Error, request, reply) => {
        const failure = failLaunch(error, request, reply);
        return reply.type("text/html; charset=utf-8").send(refusalPage(failure, request.headers["accept-language"]));
      });

      scope.get<{ Params: { token: string } }>("/l/:token", async (request, reply) => {
        requireToken(request.params.token);
        return reply.redirect(`/l/${request.params.token}/`, 308);
      });

      scope.get<{ Params: { token: string } }>("/l/:token/", async (request, reply) => {
        const { token } = request.params;
        requireToken(token);
        reply.header("cache-control", "no-store");
        const launch = await launches.resolve(token).catch((error: unknown) => {
          // The page is the same for every launch; what it may show is asked for by its own requests.
          if (PLAYER_EXPLAINS.has(errorInfoOf(error)?.metadata.end ?? "")) return undefined;
          throw error;
        });
        if (launch && !hosts.matches(request.host, launch.courseVersionId)) {
          return reply.redirect(`${hosts.originOf(launch.courseVersionId)}/l/${token}/`, 302);
        }
        reply.header("content-security-policy", playerPolicy(launch?.frameAncestors ?? frameAncestors));
        return reply.type("text/html; charset=utf-8").send(await playerHtml());
      });

      fileRoutes(scope, { launches, files, hosts, blobs });

      await scope.register(async (api) =>
        playerApi(api, clients, async (request, token) => {
          requireToken(token);
          // A launch that is over may still hand in what its page had not sent; the runtime service decides.
          const launch = await launches.resolve(token).catch(() => undefined);
          if (launch && !hosts.matches(request.host, launch.courseVersionId)) throw launchNotFound();
        }),
      );

      const root = resolve(deps.playerAssets);
      await scope.register(fastifyStatic, {
        root,
        prefix: "/_player/",
        serve: existsSync(root),
        index: false,
        maxAge: "365d",
        immutable: true,
      });
    });
  };
}

/** @throws LAUNCH_NOT_FOUND for what cannot be a token */
function requireToken(token: string): void {
  if (!TOKEN.test(token)) throw launchNotFound();
}

function launchNotFound(): Error {
  return serviceError(Code.NotFound, "LAUNCH_NOT_FOUND", "no launch has this token");
}
