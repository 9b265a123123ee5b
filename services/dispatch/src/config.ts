import { fileURLToPath } from "node:url";
import { integer } from "@coursemesh/platform/config/read-config.ts";
import { egressAllow } from "@coursemesh/platform/egress/egress-allow.ts";
import { z } from "zod";

/** What the dispatch service is told by its environment. */
export const dispatchConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections of one process. */
  DATABASE_POOL_SIZE: integer(2, 200).default(10),
  /** What seals secrets and hashes learners is derived from it. */
  SECRETS_KEY: z.string().min(32, "must have at least 32 characters"),
  /** Address under which customers' LMSs and learners reach the gateway; packages carry it. */
  PUBLIC_URL: z
    .string()
    .min(1)
    .default("http://127.0.0.1:3000")
    .transform((text) => text.replace(/\/+$/, "")),
  /** Folder of the built launcher, which packages carry. */
  LAUNCHER_DIR: z.string().default(fileURLToPath(new URL("../../../web/dist-launcher", import.meta.url))),
  /** Hosts, addresses and networks that results may be told to although they are private or without TLS. */
  EGRESS_ALLOW: egressAllow,
  /** Callbacks of one launch within a minute; a page sends a few. 0: no limit. */
  DISPATCH_CALLBACKS_PER_MINUTE: integer(0, 1_000_000).default(600),
  /** Jobs of one process at the same time (packages, bulk operations, results told to AICC hosts); 0 leaves them to other replicas. */
  DISPATCH_WORKERS: integer(0, 100).default(2),
  /** Launches of one dispatch that one address may open in a minute; 0: no limit. A customer's learners often share an address. */
  DISPATCH_LAUNCHES_PER_MINUTE: integer(0, 1_000_000).default(1_000),
});

export type DispatchConfig = z.output<typeof dispatchConfig>;
