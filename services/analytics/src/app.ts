import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type pg from "pg";
import type { AnalyticsParts } from "./analytics-parts.ts";
import type { AnalyticsConfig } from "./config.ts";
import { courseReportRpc } from "./course-report/course-report.rpc.ts";
import { exportRpc } from "./export/export.rpc.ts";
import { registrationFactsRpc } from "./facts/registration-facts.rpc.ts";
import { takeEvents } from "./journal/take-events.ts";
import { learnerReportRpc } from "./learner-report/learner-report.rpc.ts";
import { changes as changesOfFigures } from "./live/changes.ts";
import { liveRpc } from "./live/live.rpc.ts";
import { overviewRpc } from "./overview/overview.rpc.ts";
import { rebuildRpc } from "./rebuild/rebuild.rpc.ts";
import { rebuildWorker } from "./rebuild/rebuild-worker.ts";
import { analyticsRoutes, analyticsServices } from "./routes.ts";
import { SavedReportEntity } from "./saved-report/saved-report.entity.ts";
import { savedReportRpc } from "./saved-report/saved-report.rpc.ts";
import { foldWorker } from "./store/fold-worker.ts";
import { usageReportRpc } from "./usage/usage-report.rpc.ts";

/** Puts the analytics service together. @param now the clock; tests bring their own. */
export function buildApp(config: AnalyticsConfig, deps: AppDeps, now: () => Date = () => new Date()): App {
  let opened: Database | undefined;
  let relay: OutboxRelay | undefined;
  let unsubscribe: (() => void) | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error("the analytics service was not started");
    return opened;
  };
  const pool = (): pg.Pool => database().pool;
  const stopping = new AbortController();
  const changes = changesOfFigures();
  const parts: AnalyticsParts = { pool, now, changes, stopping: stopping.signal };
  const folding = foldWorker(pool, deps.logger, config.FOLD_INTERVAL_MS, changes.tell);
  const rebuilding = rebuildWorker(pool, deps.logger, stopping.signal, changes.tell);

  return {
    name: "analytics",
    services: analyticsServices,
    routes: analyticsRoutes({
      courseReport: courseReportRpc(parts),
      export: exportRpc(parts, database),
      learnerReport: learnerReportRpc(parts),
      live: liveRpc(parts),
      overview: overviewRpc(parts),
      rebuild: rebuildRpc(parts),
      registrationFacts: registrationFactsRpc(parts),
      savedReport: savedReportRpc(parts, database),
      usageReport: usageReportRpc(parts),
    }),
    async start() {
      opened = await openDatabase({
        url: config.DATABASE_URL,
        service: "analytics",
        entities: [SavedReportEntity],
        poolSize: config.DATABASE_POOL_SIZE,
      });
      relay = outboxRelay(opened.pool, deps.bus, deps.logger);
      relay.start();
      unsubscribe = deps.bus.subscribe(
        takeEvents(pool, (tenantIds) => {
          for (const tenantId of tenantIds) changes.tell(tenantId);
          folding.wake();
        }),
      );
      folding.start();
      rebuilding.start();
    },
    check: () => database().ping(),
    async stop() {
      stopping.abort();
      unsubscribe?.();
      await folding.stop();
      await rebuilding.stop();
      await relay?.stop();
      await opened?.close();
    },
  };
}
