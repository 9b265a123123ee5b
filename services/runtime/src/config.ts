import { integer } from "@coursemesh/platform/config/read-config.ts";
import { z } from "zod";

const mebibyte = 1024 * 1024;

/** What the runtime service is told by its environment. */
export const runtimeConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections for entities, and again for the journal. */
  DATABASE_POOL_SIZE: integer(1, 200).default(8),
  /** Origin of launches as browsers reach it; `{version}` gives each course version an origin of its own. */
  CONTENT_URL: z.string().min(1).default("http://{version}.localhost:3001"),
  /** Bytes of folded state kept in memory, so that an append reads nothing. */
  JOURNAL_MEMORY_BYTES: integer(0).default(128 * mebibyte),
  /** Groups of appends written at the same time, at most. */
  JOURNAL_WRITERS: integer(1, 64).default(2),
  /** Seconds after which a launch that nothing is heard of can no longer be opened; what it still delivers is kept. */
  LAUNCH_IDLE_SECONDS: integer(60).default(24 * 60 * 60),
});

export type RuntimeConfig = z.output<typeof runtimeConfig>;
