import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { meshBus } from "@coursemesh/platform/events/mesh-bus.ts";
import { clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { meshConfig, meshTransports } from "@coursemesh/platform/service/run-service.ts";
import { MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { stopOnSignal } from "@coursemesh/platform/service/stop-on-signal.ts";
import { createLogger } from "@coursemesh/platform/telemetry/logger.ts";
import { metricsHandler, stopTelemetry } from "@coursemesh/platform/telemetry/register.ts";
import { buildBff } from "./app.ts";
import { bffConfig } from "./config.ts";
import { healthOverTransports } from "./health/service-health.ts";
import { redisRateLimiter } from "./rate-limit/redis-rate-limiter.ts";

const mesh = readConfig(meshConfig, process.env);
const config = readConfig(bffConfig, process.env);
const logger = createLogger("bff", mesh.LOG_LEVEL);
const transportFor = meshTransports(mesh);
const clients = clientsOver(transportFor);
const bus = meshBus(mesh.REDIS_URL, { service: "bff", clients, logger });
const rateLimiter = mesh.REDIS_URL === undefined ? undefined : redisRateLimiter(mesh.REDIS_URL, logger);
const bff = await buildBff(config, {
  clients,
  blobs: await diskBlobStore(mesh.BLOB_DIR),
  bus,
  rateLimiter,
  logger,
  signature: callerSignature(mesh.MESH_SECRET),
  health: healthOverTransports(Object.keys(MESH_PORTS), transportFor),
  metrics: metricsHandler(),
});
await bff.start();
logger.info(bff.ports(), "ready");
stopOnSignal(logger, async () => {
  await bff.stop();
  await bus.close();
  rateLimiter?.close();
  await stopTelemetry();
});
