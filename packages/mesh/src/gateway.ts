import { callerAuthenticator } from "@coursemesh/platform/auth/caller-authenticator.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { port, readConfig } from "@coursemesh/platform/config/read-config.ts";
import { clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serveGrpc } from "@coursemesh/platform/rpc/grpc-server.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { meshConfig, meshTransports } from "@coursemesh/platform/service/run-service.ts";
import { stopOnSignal } from "@coursemesh/platform/service/stop-on-signal.ts";
import { createLogger } from "@coursemesh/platform/telemetry/logger.ts";
import { stopTelemetry } from "@coursemesh/platform/telemetry/register.ts";
import { forwardingApp } from "./forwarding-app.ts";
import { services } from "./services.ts";

/** The mesh's one gRPC port: authenticates callers from outside and passes each call on to its service. */
const config = readConfig(meshConfig.extend({ GRPC_PORT: port.default(50050) }), process.env);
const logger = createLogger("gateway", config.LOG_LEVEL);
const transports = meshTransports(config);
const authenticate = callerAuthenticator(clientsOver(transports));
const interceptors = serverInterceptors({ signature: callerSignature(config.MESH_SECRET), authenticate, logger });
const apps = services.map((service) => forwardingApp(service.name, service.contract, transports));
const server = await serveGrpc(apps, interceptors, config.HOST, config.GRPC_PORT);
stopOnSignal(logger, async () => {
  await server.stop();
  await stopTelemetry();
});
