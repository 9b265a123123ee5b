import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { Interceptor } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import type { App } from "../service/app.ts";
import { requireAccessDeclared } from "./access.ts";
import { healthRoutes } from "./health.ts";
import { reflectionRoutes } from "./reflection.ts";

/** A listening gRPC port. */
export interface GrpcServer {
  readonly port: number;
  /** Takes no new calls, lets calls under way finish for a while, then closes. */
  stop(): Promise<void>;
}

/** Largest message we take; uploads come in chunks well below it. */
const READ_MAX_BYTES = 20 * 1024 * 1024;
const DRAIN_MS = 5_000;

/** Answers gRPC, gRPC-Web and Connect for some services on one HTTP/2 cleartext port, with health and reflection. */
export async function serveGrpc(
  apps: readonly App[],
  interceptors: Interceptor[],
  host: string,
  port: number,
): Promise<GrpcServer> {
  const services = apps.flatMap((app) => app.services);
  requireAccessDeclared(services);
  let stopping = false;
  const handler = connectNodeAdapter({
    readMaxBytes: READ_MAX_BYTES,
    interceptors,
    routes: (router) => {
      for (const app of apps) app.routes(router);
      healthRoutes(router, apps, () => stopping);
      reflectionRoutes(router, services);
    },
  });
  const server = createServer(handler);
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      const late = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, DRAIN_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

function listen(server: Http2Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
