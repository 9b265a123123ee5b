import type { BlobStore } from "@coursemesh/platform/blobs/blob-store.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FileDirectory } from "./file-directory.ts";
import { type LaunchDirectory, TOKEN } from "./launch-directory.ts";
import { serveFile } from "./serve-file.ts";
import type { VersionHost } from "./version-host.ts";

/** What serving files of packages needs. */
export interface FileRoutesDeps {
  readonly launches: LaunchDirectory;
  readonly files: FileDirectory;
  readonly hosts: VersionHost;
  readonly blobs: BlobStore;
}

const PATH = "/l/:token/c/*";

/** `/l/<token>/c/<path>`: the files of the launch's package, and nothing else. No folder is listed and none has an index. */
export function fileRoutes(scope: FastifyInstance, { launches, files, hosts, blobs }: FileRoutesDeps): void {
  const serve = serveFile(blobs);
  scope.route<{ Params: { token: string } }>({
    method: ["GET", "HEAD"],
    url: PATH,
    async handler(request, reply) {
      const { token } = request.params;
      const path = TOKEN.test(token) ? pathIn(request, token) : undefined;
      if (path === undefined) return notFound(reply);
      const launch = await launches.resolve(token);
      if (!hosts.matches(request.host, launch.courseVersionId)) return notFound(reply);
      // Browsers ask this of every frame around, so that content needs the same answer as the player.
      if (launch.frameAncestors !== undefined)
        reply.header("content-security-policy", `frame-ancestors ${launch.frameAncestors}`);
      const file = await files.resolve(launch, path);
      if (!file) return notFound(reply);
      if (await serve(request, reply, file)) return reply;
      // The package was deleted, and the news has not come yet.
      files.forget(launch.packageId);
      return notFound(reply);
    },
  });
  scope.route({
    method: ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    url: PATH,
    // Before a body is read, which nobody would look at.
    onRequest: async (_request, reply) => reply.code(405).header("allow", "GET, HEAD").type("text/plain").send(""),
    handler: async () => undefined,
  });
}

/** The path as the browser wrote it, without query: how to decode it depends on the package. Undefined: the token was written oddly. */
function pathIn({ originalUrl }: FastifyRequest, token: string): string | undefined {
  const prefix = `/l/${token}/c/`;
  if (!originalUrl.startsWith(prefix)) return undefined;
  const query = originalUrl.indexOf("?");
  return originalUrl.slice(prefix.length, query === -1 ? undefined : query);
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).header("cache-control", "no-store").type("text/plain; charset=utf-8").send("Not found\n");
}

/**
 * `rewriteUrl` for the content port's server. Routers refuse addresses with percent signs that begin no UTF-8 character, and older
 * packages have such file names; the routes above read the address as it came.
 */
export function tolerateBadUrl({ url = "/" }: { readonly url?: string | undefined }): string {
  if (!url.includes("%")) return url;
  try {
    decodeURIComponent(url);
    return url;
  } catch {
    return url.replaceAll("%", "%25");
  }
}
