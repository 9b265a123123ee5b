import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { callerSignature } from "@coursemesh/platform/auth/caller-signature.ts";
import { diskBlobStore } from "@coursemesh/platform/blobs/disk-blob-store.ts";
import { readConfig } from "@coursemesh/platform/config/read-config.ts";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { migrate, serviceUrl } from "@coursemesh/platform/db/migrate.ts";
import { inProcessBus } from "@coursemesh/platform/events/in-process-bus.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { clientInterceptors, clientsOver } from "@coursemesh/platform/rpc/clients.ts";
import { serverInterceptors } from "@coursemesh/platform/rpc/server-interceptors.ts";
import { inMemoryMesh } from "@coursemesh/platform/service/in-memory-mesh.ts";
import { RegistrationCompletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { EndpointService, type Ordering } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { buildApp } from "@coursemesh/webhook/app.ts";
import { webhookConfig } from "@coursemesh/webhook/config.ts";
import { service } from "@coursemesh/webhook/service.ts";
import pg from "pg";
import { pino } from "pino";

const secret = "bench-secret-bench-secret-bench-secret-0123";

/** A receiver that takes everything and knows when each came first. */
export interface BenchReceiver {
  readonly url: string;
  /** Milliseconds since 1970, by `webhook-id`. */
  readonly arrived: Map<string, number>;
  stop(): void;
}

export async function benchReceiver(): Promise<BenchReceiver> {
  const arrived = new Map<string, number>();
  const server = createServer((request, response) => {
    const id = String(request.headers["webhook-id"] ?? "");
    if (!arrived.has(id)) arrived.set(id, Date.now());
    request.resume().on("end", () => response.writeHead(204).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    arrived,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The webhook service in this process with one endpoint. */
export interface WebhookBench {
  /** Writes events into an outbox, as a service would, in one transaction. Answers their ids. */
  announce(count: number): Promise<string[]>;
  stop(): Promise<void>;
}

/** How events are told. */
export interface TellingOptions {
  /** Requests at the same time. */
  readonly concurrency: number;
  readonly ordering: Ordering;
  /** Registrations that events are about, in turn; each event has one of its own when absent. */
  readonly registrations?: number;
}

/** @param url of a database of its own. @param receiver where everything goes. */
export async function startWebhookBench(
  url: string,
  folder: string,
  receiver: string,
  { concurrency, ordering, registrations }: TellingOptions,
): Promise<WebhookBench> {
  await migrate(url, secret, [{ service: "webhook", migrations: service.migrations }]);
  const logger = pino({ level: "warn" }, pino.destination(2));
  const signature = callerSignature(secret);
  const mesh = inMemoryMesh(serverInterceptors({ signature, logger }), clientInterceptors(signature));
  const clients = clientsOver(mesh.transportFor);
  const own = serviceUrl(url, secret, "webhook");
  const config = readConfig(webhookConfig, { DATABASE_URL: own, SECRETS_KEY: secret, EGRESS_ALLOW: "127.0.0.1" });
  const app = buildApp(config, { clients, bus: inProcessBus(), blobs: await diskBlobStore(folder), logger });
  mesh.add(app);
  await app.start();
  const tenantId = uuidV7();
  await runAs(serviceCaller("bench", tenantId), () =>
    clients.of(EndpointService).createEndpoint({
      requestId: uuidV7(),
      endpoint: {
        url: receiver,
        filter: { types: ["registration.*"] },
        policy: { maxConcurrency: concurrency, ordering },
      },
    }),
  );
  const pool = new pg.Pool({ connectionString: own, max: 2 });
  const ids = Array.from({ length: registrations ?? 0 }, () => uuidV7());
  return {
    async announce(count) {
      const events = Array.from({ length: count }, (_, index) => {
        const change = {
          registrationId: ids[index % ids.length] ?? uuidV7(),
          courseId: uuidV7(),
          learnerId: "learner-42",
          result: { progress: 1 },
        };
        return {
          id: uuidV7(),
          payload: toBinary(RegistrationCompletedSchema, create(RegistrationCompletedSchema, { change })),
        };
      });
      await inSystem(pool, (client) =>
        client.query(
          "insert into outbox (id, tenant_id, type, payload) select id, $1, $2, payload from unnest($3::uuid[], $4::bytea[]) as n(id, payload)",
          [
            tenantId,
            RegistrationCompletedSchema.typeName,
            events.map(({ id }) => id),
            events.map(({ payload }) => Buffer.from(payload)),
          ],
        ),
      );
      return events.map(({ id }) => id);
    },
    async stop() {
      await app.stop();
      await pool.end();
    },
  };
}
