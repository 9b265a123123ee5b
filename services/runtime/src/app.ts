import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import { catalogOver } from "./catalog/catalog.ts";
import type { RuntimeConfig } from "./config.ts";
import { InstanceEntity } from "./instance/instance.entity.ts";
import { journalWriter } from "./journal/append-journal.ts";
import { groupCommit } from "./journal/group-commit.ts";
import { instanceMemory } from "./journal/instance-memory.ts";
import { journalRpc } from "./journal/journal.rpc.ts";
import { turns as makeTurns } from "./journal/turns.ts";
import { writeAppends } from "./journal/write-appends.ts";
import { LaunchEntity } from "./launch/launch.entity.ts";
import { launchRepository } from "./launch/launch.repository.ts";
import { launchRpc } from "./launch/launch.rpc.ts";
import { launchDirectory } from "./launch/launch-directory.ts";
import { LearnerEntity } from "./learner/learner.entity.ts";
import { learnerRepository } from "./learner/learner.repository.ts";
import { learnerRpc } from "./learner/learner.rpc.ts";
import { launchEnder } from "./player/launch-ender.ts";
import { playerRpc } from "./player/player.rpc.ts";
import { launchSweep } from "./player/sweep-launches.ts";
import { courseDeletion } from "./registration/course-deletion.ts";
import { RegistrationEntity } from "./registration/registration.entity.ts";
import { registrationRepository } from "./registration/registration.repository.ts";
import { registrationRpc } from "./registration/registration.rpc.ts";
import { routes, services } from "./routes.ts";
import { sequencingOver } from "./sequencing/ask-sequencing.ts";
import { sessionForgetter } from "./sequencing/forget-sessions.ts";
import { journalKeeper } from "./sequencing/journal-keeper.ts";
import { steps } from "./sequencing/steps.ts";
import { untrackedKeeper } from "./sequencing/untracked-keeper.ts";

const entities = [LearnerEntity, RegistrationEntity, InstanceEntity, LaunchEntity];

/** Puts the runtime together. @param now the clock; tests bring their own. */
export function buildApp(config: RuntimeConfig, deps: AppDeps, now: () => Date = () => new Date()): App {
  let opened: Database | undefined;
  let relay: OutboxRelay | undefined;
  let unsubscribe: (() => void) | undefined;
  const database = (): Database => {
    if (opened === undefined) throw new Error("the runtime was not started");
    return opened;
  };
  const pool = (): pg.Pool => database().pool;

  const catalog = catalogOver(deps.clients);
  const registrations = registrationRepository(database);
  const directory = launchDirectory(pool);
  const memory = instanceMemory(config.JOURNAL_MEMORY_BYTES);
  const turns = makeTurns();
  const commit = groupCommit((appends) => writeAppends(pool(), appends), config.JOURNAL_WRITERS);
  const writing = { pool, catalog, memory, commit, now };
  const journal = journalWriter(writing);
  const sequencing = sequencingOver(deps.clients);
  const recorded = steps(journalKeeper({ ...writing, journal, directory }), sequencing, now, deps.logger);
  const plays = untrackedKeeper({ pool, catalog, now });
  const untracked = steps(plays, sequencing, now, deps.logger);
  const forgetter = sessionForgetter(pool, sequencing, deps.logger);
  /** Soon, and again with every sweep until it is done. */
  const forget = (): void => {
    forgetter
      .run()
      .catch((error: unknown) => deps.logger.warn({ err: error }, "sessions could not be forgotten; trying again"));
  };
  const ender = launchEnder({ pool, catalog, memory, turns, recorded, forget, now });
  const sweep = launchSweep(
    pool,
    async (organizationId: string, id: string, kind: LaunchEnd) => {
      const known = await directory.byId(organizationId, id);
      if (known) await ender.end(known, kind);
    },
    now,
    deps.logger,
    () => forgetter.run(),
  );

  return {
    name: "runtime",
    services,
    routes: routes({
      registration: registrationRpc({ database, catalog, registrations, now }, forget),
      learner: learnerRpc(learnerRepository(database)),
      launch: launchRpc({
        database,
        catalog,
        registrations,
        launches: launchRepository(database),
        directory,
        ender,
        contentUrl: config.CONTENT_URL,
        now,
      }),
      player: playerRpc({
        pool,
        catalog,
        directory,
        memory,
        turns,
        journal,
        recorded,
        untracked,
        plays,
        ender,
        idleSeconds: config.LAUNCH_IDLE_SECONDS,
        now,
      }),
      journal: journalRpc({ database, catalog, registrations }),
    }),
    async start() {
      opened = await openDatabase({
        url: config.DATABASE_URL,
        service: "runtime",
        entities,
        poolSize: config.DATABASE_POOL_SIZE,
      });
      relay = outboxRelay(opened.pool, deps.bus, deps.logger);
      relay.start();
      unsubscribe = deps.bus.subscribe(courseDeletion(opened.pool));
      sweep.start();
    },
    check: () => database().ping(),
    async stop() {
      unsubscribe?.();
      await sweep.stop();
      await relay?.stop();
      await opened?.close();
    },
  };
}
