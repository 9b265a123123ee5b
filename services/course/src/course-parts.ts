import type { Database } from "@coursemesh/platform/db/database.ts";

/** What the RPCs of this service share; made once by the composition root. */
export interface CourseParts {
  /** Open once the app was started. */
  readonly db: () => Database;
  readonly now: () => Date;
}
