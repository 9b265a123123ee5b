import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type pg from "pg";
import { activityRpc } from "./activity/activity.rpc.ts";
import { catalogOver } from "./catalog/catalog.ts";
import type { SequencingConfig } from "./config.ts";
import { globalObjectiveRpc } from "./global-objective/global-objective.rpc.ts";
import { sequencingRoutes, sequencingServices } from "./routes.ts";
import { registrationDeletion } from "./session/registration-deletion.ts";
import { sessionRpc } from "./session/session.rpc.ts";
import { sharedDataRpc } from "./shared-data/shared-data.rpc.ts";
import { stepRpc } from "./step/step.rpc.ts";

/** Puts the sequencing service together. @param beforeCommit called in a step's transaction when all is written; tests let it fail there. */
export function buildApp(config: SequencingConfig, deps: AppDeps, beforeCommit?: () => Promise<void>): App {
  let opened: Database | undefined;
  let relay: OutboxRelay | undefined;
  let unsubscribe: (() => void) | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error("the sequencing service was not started");
    return opened;
  };
  const pool = (): pg.Pool => database().pool;
  const catalog = catalogOver(deps.clients, config.SEQUENCING_COURSES);

  return {
    name: "sequencing",
    services: sequencingServices,
    routes: sequencingRoutes({
      session: sessionRpc({ pool, catalog, ...(beforeCommit && { beforeCommit }) }),
      step: stepRpc({ pool, catalog }),
      activity: activityRpc({ pool, catalog }),
      globalObjective: globalObjectiveRpc({ pool, catalog }),
      sharedData: sharedDataRpc({ pool, catalog }),
    }),
    async start() {
      const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize } = config;
      opened = await openDatabase({ url, service: "sequencing", entities: [], poolSize });
      relay = outboxRelay(opened.pool, deps.bus, deps.logger);
      relay.start();
      unsubscribe = deps.bus.subscribe(registrationDeletion(opened.pool));
    },
    check: () => database().ping(),
    async stop() {
      unsubscribe?.();
      await relay?.stop();
      await opened?.close();
    },
  };
}
