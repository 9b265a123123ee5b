import { fileURLToPath } from "node:url";
import { buildBff } from "@coursemesh/bff/app.ts";
import { bffConfig } from "@coursemesh/bff/config.ts";
import { healthOfApps } from "@coursemesh/bff/health/service-health.ts";
import { callerAuthenticator } from "@coursemesh/platform/auth/caller-authenticator.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serveGrpc } from "@coursemesh/platform/rpc/grpc-server.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import type { App } from "@coursemesh/platform/service/app.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { databasesOf } from "@coursemesh/platform/service/service-module.ts";
import { createLogger } from "@coursemesh/platform/telemetry/logger.ts";
import { metricsHandler } from "@coursemesh/platform/telemetry/register.ts";
import { bootstrap } from "./bootstrap.ts";
import type { DataDir } from "./data-dir.ts";
import { openInstallationDatabase } from "./open-database.ts";
import type { Started } from "./run-installation.ts";
import { serviceEnv, sharedEnv } from "./service-env.ts";
import { services } from "./services.ts";
import type { StartConfig } from "./start-config.ts";

const WEB_DIR = fileURLToPath(new URL("../../../web/dist", import.meta.url));

/** All nine services and the BFF in this process, over in-memory transports, with one gRPC port for all. */
export async function startSingleNode(config: StartConfig, dataDir: DataDir): Promise<Started> {
  if (config.REDIS_URL !== undefined) console.error("REDIS_URL is set; a single process needs no Redis and uses none.");
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.toReversed()) await step();
  };
  try {
    const database = await openInstallationDatabase(config.DATABASE_URL, dataDir, databasesOf(services));
    stops.push(database.stop);
    const shared = sharedEnv(config, dataDir);
    const logger = createLogger("coursemesh", config.LOG_LEVEL);
    const signature = callerSignature(dataDir.derive("mesh"));
    const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
    const clients = clientsOver(mesh.transportFor);
    const bus = inProcessBus();
    stops.push(() => bus.close());
    const deps = { clients, bus, blobs: await diskBlobStore(String(shared.BLOB_DIR)), logger };

    const apps: App[] = services.map((service) => {
      const env = serviceEnv(shared, database.ownerUrl, dataDir, service.name);
      return service.buildApp(readConfig(service.config, env), {
        ...deps,
        logger: logger.child({ service: service.name }),
      });
    });
    for (const app of apps) mesh.add(app);
    await Promise.all(
      apps.map(async (app) => {
        stops.push(() => app.stop());
        await app.start();
      }),
    );
    const authenticate = callerAuthenticator(clients);
    const grpc = await serveGrpc(
      apps,
      serverInterceptors({ signature, authenticate, logger }),
      config.HOST,
      config.GRPC_PORT,
    );
    stops.push(() => grpc.stop());
    const ports = { PORT: String(config.PORT), CONTENT_PORT: String(config.CONTENT_PORT) };
    const bff = await buildBff(readConfig(bffConfig, { ...shared, ...ports, WEB_DIR }), {
      ...deps,
      signature,
      authenticate,
      health: healthOfApps(apps),
      metrics: metricsHandler(),
    });
    stops.push(() => bff.stop());
    await bff.start();
    return { ...(await bootstrap(clients, config, dataDir)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
