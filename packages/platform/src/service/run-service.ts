import type { Transport } from "@connectrpc/connect";
import { createConnectTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { z } from "zod";
import { callerAuthenticator } from "../auth/caller-authenticator.ts";
import { callerSignature } from "../auth/caller-signature.ts";
import { diskBlobStore } from "../blobs/disk-blob-store.ts";
import { integer, port, readConfig, redisUrl } from "../config/read-config.ts";
import { forwardEvents } from "../events/forward-events.ts";
import { meshBus } from "../events/mesh-bus.ts";
import { clientInterceptors, clientsOver } from "../rpc/clients.ts";
import { serveGrpc } from "../rpc/grpc-server.ts";
import { serverInterceptors } from "../rpc/server-interceptors.ts";
import { createLogger } from "../telemetry/logger.ts";
import { stopTelemetry } from "../telemetry/register.ts";
import { MESH_PORTS, type ServiceModule } from "./service-module.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

/** What every process of the mesh is told. */
export const meshConfig = z.object({
  /** Interface to listen on. */
  HOST: z.string().default("127.0.0.1"),
  /** Host of the other services, with `{service}` in it where each has its own name. */
  MESH_HOST: z.string().default("127.0.0.1"),
  /** Added to every service's port, so that two meshes fit on one machine. */
  MESH_PORT_OFFSET: integer(0, 15_000).default(0),
  /** Shared by all services; signs who is calling. */
  MESH_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** Folder of the blob store, shared by content and BFF. */
  BLOB_DIR: z.string().default(".data/blobs"),
  /** `redis://` or `rediss://`: events and rate limits go through it; without it events go through the event log. */
  REDIS_URL: redisUrl.optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

/** Runs one service as a process of its own until SIGTERM: the whole of every `main.ts`. */
export async function runService(
  module: ServiceModule,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<void> {
  const mesh = readConfig(meshConfig, env);
  const own = readConfig(z.object({ PORT: port.default(module.port + mesh.MESH_PORT_OFFSET) }), env);
  const config = readConfig(module.config, env);
  const logger = createLogger(module.name, mesh.LOG_LEVEL);
  const signature = callerSignature(mesh.MESH_SECRET);
  const clients = clientsOver(meshTransports(mesh));
  const bus = meshBus(mesh.REDIS_URL, { service: module.name, clients, logger });
  // The service that keeps the log takes its own events from the bus.
  if (module.port !== MESH_PORTS.webhook) bus.subscribe(forwardEvents(module.name, clients));
  const app = module.buildApp(config, { clients, bus, blobs: await diskBlobStore(mesh.BLOB_DIR), logger });
  await app.start();
  const interceptors = serverInterceptors({ signature, authenticate: callerAuthenticator(clients), logger });
  const server = await serveGrpc([app], interceptors, mesh.HOST, own.PORT);
  logger.info({ port: server.port }, "ready");
  stopOnSignal(logger, async () => {
    await server.stop();
    await app.stop();
    await bus.close();
    await stopTelemetry();
  });
}

/** Where the services are and what signs calls to them. */
export type MeshAddress = Pick<z.output<typeof meshConfig>, "MESH_HOST" | "MESH_PORT_OFFSET" | "MESH_SECRET">;

/** HTTP/2 cleartext transports with the Connect protocol, which costs about half of gRPC between Node processes. */
export function meshTransports(mesh: MeshAddress): (service: string) => Transport {
  const interceptors = clientInterceptors(callerSignature(mesh.MESH_SECRET));
  const transports = new Map<string, Transport>();
  return (service) => {
    const known = transports.get(service);
    if (known) return known;
    const servicePort = MESH_PORTS[service as keyof typeof MESH_PORTS] + mesh.MESH_PORT_OFFSET;
    const baseUrl = `http://${mesh.MESH_HOST.replace("{service}", service)}:${servicePort}`;
    const transport = createConnectTransport({
      baseUrl,
      httpVersion: "2",
      useBinaryFormat: true,
      interceptors,
      sessionManager: new Http2SessionManager(baseUrl, { pingIntervalMs: 30_000 }),
    });
    transports.set(service, transport);
    return transport;
  };
}
