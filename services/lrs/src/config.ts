import { integer } from "@coursemesh/platform/config/read-config.ts";
import { egressAllow } from "@coursemesh/platform/egress/egress-allow.ts";
import { z } from "zod";

const mebibyte = 1024 * 1024;

/** What the lrs service is told by its environment. */
export const lrsConfig = z.object({
  /** Address of the database with the service's own role. */
  DATABASE_URL: z.string().min(1, "is missing"),
  /** Connections for entities, and again for statements. */
  DATABASE_POOL_SIZE: integer(1, 200).default(8),
  /** Where people open the product; authorities of API keys are accounts below it. */
  PUBLIC_URL: z.string().min(1).default("http://127.0.0.1:3000"),
  /** Shared by all services; what signs `more` tokens is derived from it. */
  MESH_SECRET: z.string().min(32, "must have at least 32 characters"),
  /** Statements that may wait to be written, of all organizations; more are refused with OVERLOADED. */
  INGEST_QUEUE_STATEMENTS: integer(1).default(20_000),
  /** Bytes of them that may wait. */
  INGEST_QUEUE_BYTES: integer(1).default(128 * mebibyte),
  /** Bytes of one attachment. */
  ATTACHMENT_MAX_BYTES: integer(1).default(512 * mebibyte),
  /** What encrypts the passwords of pipes' targets is derived from it. */
  SECRETS_KEY: z.string().min(32, "must have at least 32 characters"),
  /** Hosts, addresses and networks that pipes may reach although they are private or without TLS: `lrs.internal:8443, 10.1.0.0/16`. */
  EGRESS_ALLOW: egressAllow,
  /** Pipes that one process works on at the same time; 0 leaves them to other replicas. */
  PIPE_WORKERS: integer(0, 64).default(2),
  /** How often a pipe that has nothing to send looks again, milliseconds. */
  PIPE_IDLE_MS: integer(10).default(1_000),
  /** How long a target may take to answer, milliseconds. */
  PIPE_TIMEOUT_MS: integer(1, 60_000).default(30_000),
  /** Pause after a pipe's first failure, milliseconds; it doubles with each … */
  PIPE_RETRY_MIN_MS: integer(1).default(1_000),
  /** … up to this. */
  PIPE_RETRY_MAX_MS: integer(1).default(15 * 60 * 1000),
  /** Failures in a row after which a pipe gives up; with the pauses above, 100 of them take about a day. */
  PIPE_GIVE_UP_FAILURES: integer(1).default(100),
  /** Rules of retention and deletions of persons that one process works on at the same time; 0 leaves them to other replicas. */
  REMOVAL_WORKERS: integer(0, 16).default(1),
  /** Pause between two runs of a rule of retention. */
  RETENTION_EVERY_SECONDS: integer(1).default(60 * 60),
});

export type LrsConfig = z.output<typeof lrsConfig>;
