import { integer } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

/** What the sequencing service is told by its environment. */
export const sequencingConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections at most. */
  DATABASE_POOL_SIZE: integer(1, 200).default(8),
  /** Course versions kept ready in memory. */
  SEQUENCING_COURSES: integer(1, 100_000).default(500),
});

export type SequencingConfig = z.output<typeof sequencingConfig>;
