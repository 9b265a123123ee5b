import type { Client } from "@connectrpc/connect";
import { buildApp } from "@coursemesh/lrs/app.ts";
import { lrsConfig } from "@coursemesh/lrs/config.ts";
import { service } from "@coursemesh/lrs/service.ts";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { migrate, serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { pino } from "pino";
import type { BenchCluster } from "./bench-cluster.ts";

const secret = "bench-secret-bench-secret-bench-secret-0123";

/** The record store in this process, called as the BFF calls it. */
export interface LrsBench {
  readonly tenantId: string;
  /** Address of its schema with its own role. */
  readonly url: string;
  /** Runs calls of the organization's owner. */
  call<T>(work: (statements: Client<typeof StatementService>) => Promise<T>): Promise<T>;
  /** Stores statements, JSON each, and fails unless all are acknowledged. */
  store(statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startLrsBench({ url, folder }: BenchCluster): Promise<LrsBench> {
  await migrate(url, secret, [{ service: "lrs", migrations: service.migrations }]);
  const logger = pino({ level: "warn" }, pino.destination(2));
  const signature = callerSignature(secret);
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const clients = clientsOver(mesh.transportFor);
  const own = serviceUrl(url, secret, "lrs");
  const config = readConfig(lrsConfig, { DATABASE_URL: own, MESH_SECRET: secret, SECRETS_KEY: secret });
  const app = buildApp(config, { clients, bus: inProcessBus(), blobs: await diskBlobStore(folder), logger });
  mesh.add(app);
  await app.start();
  const tenantId = uuidV7();
  const caller = serviceCaller("bench", tenantId);
  const statements = clients.of(StatementService);
  const call: LrsBench["call"] = (work) => runAs(caller, () => work(statements));
  return {
    tenantId,
    url: own,
    call,
    async store(texts) {
      const request = { version: XapiVersion.V1_0_3, statements: texts.map((json) => ({ json: Buffer.from(json) })) };
      const { ids } = await call((it) => it.storeStatements(request));
      if (ids.length !== texts.length) throw new Error(`${texts.length - ids.length} statements were not stored`);
    },
    stop: () => app.stop(),
  };
}
