import { integer } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

/** What the analytics service is told by its environment. */
export const analyticsConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections for entities, and again for figures. */
  DATABASE_POOL_SIZE: integer(1, 200).default(8),
  /** How often registrations with new events are looked for, milliseconds; events of this process are counted sooner. */
  FOLD_INTERVAL_MS: integer(10).default(1_000),
});

export type AnalyticsConfig = z.output<typeof analyticsConfig>;
