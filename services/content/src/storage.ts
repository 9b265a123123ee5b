import type { Database } from "@coursemesh/platform/db/database.ts";
import type { Jobs } from "@coursemesh/platform/jobs/jobs.ts";

/** The database and its job queue, which are there once the service was started. */
export interface Storage {
  readonly database: Database;
  readonly jobs: Jobs;
}
