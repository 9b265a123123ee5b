import { type Database, openDatabase } from "@coursemesh/platform/db/database.ts";
import { type OutboxRelay, outboxRelay } from "@coursemesh/platform/events/outbox-relay.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import type { App, AppDeps } from "@coursemesh/platform/service/app.ts";
import type { UserConfig } from "./config.ts";
import { entities } from "./entities.ts";
import { purgeExpired } from "./expiry/purge-expired.ts";
import { passwordHashing } from "./password/password-hashing.ts";
import { routes, services } from "./routes.ts";
import { accessTokens } from "./token/access-token.ts";
import { signingKeys } from "./token/signing-keys.ts";
import type { UserParts } from "./user-parts.ts";

const PURGE_INTERVAL_MS = 3_600_000;

/** The app, with its hourly work for whoever does not want to wait an hour. */
export interface UserApp extends App {
  /** See `purgeExpired`. */
  purge(): Promise<void>;
}

/** Everything the user service is made of. @param now the clock; tests bring their own. */
export function buildApp(config: UserConfig, { bus, logger }: AppDeps, now: () => Date = () => new Date()): UserApp {
  let database: Database | undefined;
  let relay: OutboxRelay | undefined;
  let purgeTimer: NodeJS.Timeout | undefined;
  const db = (): Database => {
    if (database === undefined) throw new Error("the user service was not started");
    return database;
  };
  const keys = signingKeys(db, {
    secret: config.TOKEN_SECRET,
    lifeSeconds: config.SIGNING_KEY_DAYS * 86_400,
    tokenSeconds: config.ACCESS_TOKEN_SECONDS,
    now,
  });
  const parts: UserParts = {
    config,
    logger,
    db,
    now,
    passwords: passwordHashing({ memoryKib: config.PASSWORD_MEMORY_KIB, passes: config.PASSWORD_PASSES }),
    accessTokens: accessTokens(keys, config.ACCESS_TOKEN_SECONDS, now),
    refreshKey: deriveKey(config.TOKEN_SECRET, "user refresh token"),
  };
  const runPurge = (): void => {
    purgeExpired(parts).catch((error: unknown) =>
      logger.warn({ err: error }, "purging failed; it will be tried again"),
    );
  };

  return {
    name: "user",
    services,
    routes: routes(parts),
    async start() {
      database = await openDatabase({ url: config.DATABASE_URL, service: "user", entities });
      relay = outboxRelay(database.pool, bus, logger);
      relay.start();
      purgeTimer = setInterval(runPurge, PURGE_INTERVAL_MS);
      purgeTimer.unref();
    },
    purge: () => purgeExpired(parts),
    check: () => db().ping(),
    async stop() {
      clearInterval(purgeTimer);
      await relay?.stop();
      await database?.close();
    },
  };
}
