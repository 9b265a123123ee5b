import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { CourseConfig } from "./config.ts";
import { CourseEntity } from "./course/course.entity.ts";
import { CourseVersionEntity } from "./course-version/course-version.entity.ts";
import { PublicationEntity } from "./publication/publication.entity.ts";
import { routes, services } from "./routes.ts";
import { SettingValueEntity } from "./settings/setting-value.entity.ts";

const entities = [CourseEntity, CourseVersionEntity, PublicationEntity, SettingValueEntity];

/** Everything the course service is made of. @param now the clock; tests bring their own. */
export function buildApp(config: CourseConfig, { bus, logger }: AppDeps, now: () => Date = () => new Date()): App {
  let database: Database | undefined;
  let relay: OutboxRelay | undefined;
  const db = (): Database => {
    if (database === undefined) throw new Error("the course service was not started");
    return database;
  };

  return {
    name: "course",
    services,
    routes: routes({ db, now }),
    async start() {
      database = await openDatabase({ url: config.DATABASE_URL, service: "course", entities });
      relay = outboxRelay(database.pool, bus, logger);
      relay.start();
    },
    check: () => db().ping(),
    async stop() {
      await relay?.stop();
      await database?.close();
    },
  };
}
