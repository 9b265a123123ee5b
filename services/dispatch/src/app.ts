import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { egressClient } from "@coursemesh/platform/egress/egress-client.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { type JobHandler, type Jobs, jobsOn, jobsSchemaOf } from "@coursemesh/platform/jobs/jobs.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { DispatchConfig } from "./config.ts";
import type { DispatchParts } from "./dispatch-parts.ts";
import { dispatchRoutes, dispatchServices } from "./routes.ts";
import { signingKeyRpc } from "./signing_key/signing-key.rpc.ts";
import { signingKeys } from "./signing_key/signing-keys.ts";

/** Puts dispatch together. @param now the clock; tests bring their own. */
export function buildApp(config: DispatchConfig, deps: AppDeps, now: () => Date = () => new Date()): App {
  const { bus, clients, blobs, logger } = deps;
  let opened: { readonly database: Database; readonly jobs: Jobs } | undefined;
  let relay: OutboxRelay | undefined;
  const need = () => {
    if (opened === undefined) throw new Error("the dispatch service was not started");
    return opened;
  };
  const stopping = new AbortController();
  const pool = () => need().database.pool;
  const sealKey = deriveKey(config.SECRETS_KEY, "dispatch");
  const parts: DispatchParts = {
    config,
    pool,
    jobs: () => need().jobs,
    clients,
    blobs,
    egress: egressClient({ allow: config.EGRESS_ALLOW, plainHttp: true }),
    sealKey,
    keys: signingKeys({ pool, sealKey, now }),
    learnerKey: deriveKey(config.SECRETS_KEY, "dispatch learner"),
    logger,
    now,
    stopping: stopping.signal,
  };
  const jobHandlers: Record<string, JobHandler<never>> = {};

  return {
    name: "dispatch",
    services: dispatchServices,
    routes: dispatchRoutes({
      bulkOperation: {},
      callback: {},
      deployment: {},
      destination: {},
      dispatch: {},
      dispatchAnalytics: {},
      externalSession: {},
      launch: {},
      licence: {},
      package: {},
      receipt: {},
      reportLink: {},
      signingKey: signingKeyRpc(parts),
      versionMove: {},
    }),
    async start() {
      const database = await openDatabase({
        url: config.DATABASE_URL,
        service: "dispatch",
        entities: [],
        poolSize: config.DATABASE_POOL_SIZE,
      });
      const jobs = jobsOn(database.pool, jobsSchemaOf("dispatch"), logger);
      opened = { database, jobs };
      await jobs.prepare();
      if (config.DISPATCH_WORKERS > 0) await jobs.start(jobHandlers, config.DISPATCH_WORKERS);
      relay = outboxRelay(database.pool, bus, logger);
      relay.start();
    },
    check: () => need().database.ping(),
    async stop() {
      stopping.abort();
      await opened?.jobs.stop();
      await relay?.stop();
      await opened?.database.close();
      opened = undefined;
    },
  };
}
