import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { egressClient } from "@coursemesh/platform/egress/egress-client.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { type JobHandler, type Jobs, jobsOn, jobsSchemaOf } from "@coursemesh/platform/jobs/jobs.ts";
import { repeat } from "@coursemesh/platform/jobs/repeat.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import { END_AICC_SESSION, TELL_AICC_HOST } from "./aicc/queue-telling.ts";
import { endAiccSessionJob, tellAiccHostJob } from "./aicc/tell-aicc-host.ts";
import { bulkOperationRpc } from "./bulk_operation/bulk-operation.rpc.ts";
import { RUN_BULK_OPERATION, requeueBulkOperations, runBulkOperation } from "./bulk_operation/run-bulk-operation.ts";
import { callbackRpc } from "./callback/callback.rpc.ts";
import type { DispatchConfig } from "./config.ts";
import { deploymentRpc } from "./deployment/deployment.rpc.ts";
import { destinationRpc } from "./destination/destination.rpc.ts";
import { deleteWithCourse } from "./dispatch/delete-with-course.ts";
import { dispatchRpc } from "./dispatch/dispatch.rpc.ts";
import { REMOVE_CALLBACK, removeCallback } from "./dispatch/owned-endpoint.ts";
import { dispatchAnalyticsRpc } from "./dispatch_analytics/dispatch-analytics.rpc.ts";
import type { DispatchParts } from "./dispatch-parts.ts";
import { externalSessionRpc } from "./external_session/external-session.rpc.ts";
import { END_LAUNCHES, endLaunches } from "./launch/end-launches.ts";
import { launchRpc } from "./launch/launch.rpc.ts";
import { endAccess } from "./licence/end-access.ts";
import { licenceRpc } from "./licence/licence.rpc.ts";
import { generationJob } from "./package/generation-job.ts";
import { packageRpc } from "./package/package.rpc.ts";
import { GENERATE_PACKAGE } from "./package/queue-generation.ts";
import { requeueGenerations } from "./package/requeue-generations.ts";
import { sweepPackages } from "./package/sweep-packages.ts";
import { receiptRpc } from "./receipt/receipt.rpc.ts";
import { reportLinkRpc } from "./report_link/report-link.rpc.ts";
import { followResults } from "./results/follow-results.ts";
import { dispatchRoutes, dispatchServices } from "./routes.ts";
import { signingKeyRpc } from "./signing_key/signing-key.rpc.ts";
import { signingKeys } from "./signing_key/signing-keys.ts";
import { RUN_VERSION_MOVE, runVersionMove } from "./version_move/run-version-move.ts";
import { versionMoveRpc } from "./version_move/version-move.rpc.ts";

const REQUEUE_MS = 10 * 1000;
const END_ACCESS_MS = 5 * 1000;
const SWEEP_MS = 60 * 60 * 1000;

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
  bus.subscribe(deleteWithCourse(parts));
  bus.subscribe(followResults(parts));
  const sweeping = repeat(SWEEP_MS, logger, "the removal of old packages", () => sweepPackages(parts));
  const endingAccess = repeat(END_ACCESS_MS, logger, "the end of access with its terms", () => endAccess(parts));
  const requeueing = repeat(REQUEUE_MS, logger, "the search for bulk operations that were left", () =>
    requeueBulkOperations(parts),
  );
  const regenerating = repeat(REQUEUE_MS, logger, "the search for packages that were left", () =>
    requeueGenerations(parts),
  );
  const jobHandlers: Record<string, JobHandler<never>> = {
    [END_AICC_SESSION]: endAiccSessionJob(parts),
    [GENERATE_PACKAGE]: generationJob(parts),
    [TELL_AICC_HOST]: tellAiccHostJob(parts),
    [REMOVE_CALLBACK]: removeCallback(parts),
    [END_LAUNCHES]: endLaunches(parts),
    [RUN_BULK_OPERATION]: runBulkOperation(parts),
    [RUN_VERSION_MOVE]: runVersionMove(parts),
  };

  return {
    name: "dispatch",
    services: dispatchServices,
    routes: dispatchRoutes({
      bulkOperation: bulkOperationRpc(parts),
      callback: callbackRpc(parts),
      deployment: deploymentRpc(parts),
      destination: destinationRpc(parts),
      dispatch: dispatchRpc(parts),
      dispatchAnalytics: dispatchAnalyticsRpc(parts),
      externalSession: externalSessionRpc(parts),
      launch: launchRpc(parts),
      licence: licenceRpc(parts),
      package: packageRpc(parts),
      receipt: receiptRpc(parts),
      reportLink: reportLinkRpc(parts),
      signingKey: signingKeyRpc(parts),
      versionMove: versionMoveRpc(parts),
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
      await requeueBulkOperations(parts);
      requeueing.start();
      regenerating.start();
      endingAccess.start();
      sweeping.start();
    },
    check: () => need().database.ping(),
    async stop() {
      stopping.abort();
      await requeueing.stop();
      await regenerating.stop();
      await endingAccess.stop();
      await sweeping.stop();
      await opened?.jobs.stop();
      await relay?.stop();
      await opened?.database.close();
      opened = undefined;
    },
  };
}
