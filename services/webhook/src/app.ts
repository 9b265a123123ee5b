import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { egressClient } from "@coursemesh/platform/egress/egress-client.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { repeat } from "@coursemesh/platform/jobs/repeat.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type pg from "pg";
import type { WebhookConfig } from "./config.ts";
import { appended } from "./consumer/appended.ts";
import { deliveryRpc } from "./delivery/delivery.rpc.ts";
import { deliveryWorker } from "./delivery/delivery-worker.ts";
import { endpointRpc } from "./endpoint/endpoint.rpc.ts";
import { appendEvents } from "./event/append-events.ts";
import { eventRpc } from "./event/event.rpc.ts";
import { prune } from "./event/prune.ts";
import { replayRpc } from "./replay/replay.rpc.ts";
import { runReplays } from "./replay/run-replays.ts";
import { webhookRoutes, webhookServices } from "./routes.ts";
import { secretRpc } from "./secret/secret.rpc.ts";

const REPLAY_MS = 500;
const PRUNE_MS = 60 * 60 * 1000;

/** Puts the event log and its deliveries together. */
export function buildApp(config: WebhookConfig, { bus, clients, logger }: AppDeps): App {
  let opened: Database | undefined;
  let relay: OutboxRelay | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error("the webhook service was not started");
    return opened;
  };
  const pool = (): pg.Pool => database().pool;
  const stopping = new AbortController();
  const sending = {
    config,
    clients,
    egress: egressClient({ allow: config.EGRESS_ALLOW }),
    key: deriveKey(config.SECRETS_KEY, "webhook endpoint"),
    logger,
  };
  const worker = deliveryWorker(pool, sending);
  const replays = repeat(REPLAY_MS, logger, "the replay of events", () => runReplays(pool()));
  const pruning = repeat(PRUNE_MS, logger, "the removal of old events", () =>
    prune(pool(), { eventDays: config.EVENT_RETENTION_DAYS, deliveryDays: config.DELIVERY_RETENTION_DAYS }),
  );
  const grown = appended();
  const append = async (events: readonly EventEnvelope[]): Promise<string[]> => {
    const known = await appendEvents(pool(), logger, events);
    grown.tell();
    worker.wake();
    return known;
  };
  // Before anything starts and for good: what others announce while the log is not open stays in their outboxes, and nothing passes it by.
  bus.subscribe({
    group: "event log",
    types: "all",
    hears: "publisher",
    handle: async (event) => void (await append([event])),
    handleMany: async (events) => void (await append(events)),
  });

  return {
    name: "webhook",
    services: webhookServices,
    routes: webhookRoutes({
      delivery: deliveryRpc(pool, stopping.signal),
      endpoint: endpointRpc(pool, sending),
      event: eventRpc({ pool, append, appended: grown, logger, stopping: stopping.signal }),
      replay: replayRpc(pool),
      secret: secretRpc(pool, sending.key),
    }),
    async start() {
      opened = await openDatabase({
        url: config.DATABASE_URL,
        service: "webhook",
        entities: [],
        poolSize: config.DATABASE_POOL_SIZE,
      });
      relay = outboxRelay(opened.pool, bus, logger);
      relay.start();
      worker.start();
      replays.start();
      pruning.start();
    },
    check: () => database().ping(),
    async stop() {
      stopping.abort();
      await worker.stop();
      await replays.stop();
      await pruning.stop();
      await relay?.stop();
      await opened?.close();
    },
  };
}
