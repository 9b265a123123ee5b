import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { meshTransports } from "@coursemesh/platform/service/run-service.ts";
import { databasesOf } from "@coursemesh/platform/service/service-module.ts";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@coursemesh/proto/grpc/health/v1/health_pb.ts";
import { bootstrap } from "./bootstrap.ts";
import type { DataDir } from "./data-dir.ts";
import { openInstallationDatabase } from "./open-database.ts";
import type { Started } from "./run-installation.ts";
import { serviceEnv, sharedEnv } from "./service-env.ts";
import { services } from "./services.ts";
import type { StartConfig } from "./start-config.ts";

type Env = Record<string, string | undefined>;

const root = fileURLToPath(new URL("../../..", import.meta.url));
const telemetry = fileURLToPath(import.meta.resolve("@coursemesh/platform/telemetry/register.ts"));
const START_LIMIT_MS = 60_000;
/** Before a process that ended is started again; longer each time for one that cannot stay up. */
const FIRST_WAIT_MS = 100;
/** A process that ran so long did not end because of how it starts. */
const SETTLED_MS = 10_000;

/** One process per service on the ports of the mesh, and the BFF with the gRPC gateway; a process that dies is started again. */
export async function startMesh(config: StartConfig, dataDir: DataDir): Promise<Started> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of stops.toReversed()) await step();
  };
  try {
    const database = await openInstallationDatabase(config.DATABASE_URL, dataDir, databasesOf(services));
    stops.push(database.stop);
    const shared = sharedEnv(config, dataDir);
    const children = services.map((service) =>
      keepRunning(
        `services/${service.name}/src/main.ts`,
        service.name,
        serviceEnv(shared, database.ownerUrl, dataDir, service.name),
      ),
    );
    stops.push(async () => void (await Promise.all(children.map((child) => child.stop()))));
    await Promise.all(
      services.map((service) => untilServing(`http://127.0.0.1:${service.port + config.MESH_PORT_OFFSET}`)),
    );
    const ports = {
      PORT: String(config.PORT),
      CONTENT_PORT: String(config.CONTENT_PORT),
      GRPC_PORT: String(config.GRPC_PORT),
    };
    const edge = [
      keepRunning("bff/src/main.ts", "bff", { ...shared, ...ports }),
      keepRunning("packages/mesh/src/gateway.ts", "gateway", { ...shared, ...ports }),
    ];
    stops.push(async () => void (await Promise.all(edge.map((child) => child.stop()))));
    await Promise.all([
      untilServing(`http://${config.HOST}:${config.GRPC_PORT}`),
      untilAnswering(`http://${config.HOST}:${config.PORT}/healthz`),
    ]);
    const { MESH_PORT_OFFSET } = config;
    const clients = clientsOver(
      meshTransports({ MESH_HOST: "127.0.0.1", MESH_PORT_OFFSET, MESH_SECRET: dataDir.derive("mesh") }),
    );
    return { ...(await bootstrap(clients, config, dataDir)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Starts a process and starts it again when it ends by itself. */
function keepRunning(file: string, name: string, env: Env): { stop(): Promise<void> } {
  let child: ChildProcess;
  let stopping = false;
  let wait = FIRST_WAIT_MS;
  const start = (): void => {
    const started = performance.now();
    child = spawn(process.execPath, ["--import", telemetry, file], {
      cwd: root,
      env: { ...env, OTEL_SERVICE_NAME: name },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("exit", (code) => {
      if (stopping) return;
      console.error(`${name} ended with ${code ?? "a signal"}; starting it again`);
      wait = performance.now() - started > SETTLED_MS ? FIRST_WAIT_MS : Math.min(wait * 2, 5_000);
      setTimeout(start, wait);
    });
  };
  start();
  // When stopping takes too long this process ends without waiting; nobody else would end the others.
  process.once("exit", () => child.kill("SIGTERM"));
  return {
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function untilServing(baseUrl: string): Promise<void> {
  const health = createClient(Health, createGrpcTransport({ baseUrl }));
  await until(
    baseUrl,
    async () => (await health.check({ service: "" }, { timeoutMs: 2_000 })).status === Status.SERVING,
  );
}

async function untilAnswering(url: string): Promise<void> {
  await until(url, async () => (await fetch(url)).ok);
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + START_LIMIT_MS; performance.now() < end; await sleep(100)) {
    if (await check().catch(() => false)) return;
  }
  throw new Error(`${what} did not answer within ${START_LIMIT_MS / 1000} s`);
}
