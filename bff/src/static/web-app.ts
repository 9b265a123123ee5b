import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import fastifyCompress from "@fastify/compress";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Paths that belong to programs: an unknown one is an error there, not a page. */
const NO_PAGES = /^\/(?:rpc|web|api|xapi|dispatch|metrics|assets)(?:[/?]|$)/;

/** Serves the built web UI. Files with a hash in their name are kept for a year; every other path of a page gives index.html. */
export async function webApp(server: FastifyInstance, folder: string): Promise<void> {
  const root = resolve(folder);
  const sendPage = (reply: FastifyReply): FastifyReply =>
    existsSync(join(root, "index.html"))
      ? reply.sendFile("index.html")
      : reply.code(404).type("text/plain").send("The web UI has not been built; run `npm run build`.\n");

  await server.register(async (scope) => {
    await scope.register(fastifyCompress, { encodings: ["gzip", "deflate"] });
    await scope.register(fastifyStatic, {
      root,
      serve: existsSync(root),
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.startsWith(join(root, "assets"));
        reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
    scope.get("/", (_request, reply) => sendPage(reply));
    scope.setNotFoundHandler((request, reply) => {
      const isPage = (request.method === "GET" || request.method === "HEAD") && !NO_PAGES.test(request.url);
      if (!isPage)
        return reply
          .code(404)
          .send({ code: "not_found", message: "there is nothing at this address", requestId: request.id });
      return sendPage(reply);
    });
  });
}
