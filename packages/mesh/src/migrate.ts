import { ConfigError, readConfig } from "@coursemesh/platform/config/read-config.ts";
import { migrate } from "@coursemesh/platform/db/migrate.ts";
import { databasesOf } from "@coursemesh/platform/service/service-module.ts";
import { z } from "zod";
import { services } from "./services.ts";

/** The migration job: brings a database up to this version and ends. Runs before a roll-out, never in a replica's start. */
const jobConfig = z.object({
  /** As a role that may create roles and schemas. */
  DATABASE_URL: z.string("must be the database owner's address"),
  /** The passwords of the services' roles are derived from it; the same value the services get. */
  DATABASE_SECRET: z.string("is needed").min(32, "must have at least 32 characters"),
});

try {
  const config = readConfig(jobConfig, process.env);
  await migrate(config.DATABASE_URL, config.DATABASE_SECRET, databasesOf(services));
  console.log("migrated");
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `the migration failed: ${(error as Error).message}`);
  process.exit(1);
}
