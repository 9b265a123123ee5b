import type { ServiceImpl } from "@connectrpc/connect";
import type { Database } from "@coursemesh/platform/db/database.ts";
import { egressClient } from "@coursemesh/platform/egress/egress-client.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import type { PipeService } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import type { Logger } from "pino";
import type { LrsConfig } from "../config.ts";
import type { AttachmentPlaces } from "../ingest/receive-attachments.ts";
import { pipeRepository } from "./pipe.repository.ts";
import { pipeRpc } from "./pipe.rpc.ts";
import { type PipeWorker, pipeWorker } from "./pipe-worker.ts";
import { runPipe } from "./run-pipe.ts";

/** What pipes need of the rest of the service. */
export interface PipePartsDeps {
  readonly database: () => Database;
  readonly attachments: AttachmentPlaces;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** How often due pipes are looked for, at least, milliseconds. */
const POLL_MS = 1_000;

/** Puts pipes together: what answers and what works. */
export function pipeParts(
  config: LrsConfig,
  { database, attachments, logger, now }: PipePartsDeps,
): { readonly rpc: ServiceImpl<typeof PipeService>; readonly worker: PipeWorker } {
  const pool = () => database().pool;
  const egress = egressClient({ allow: config.EGRESS_ALLOW });
  const key = deriveKey(config.SECRETS_KEY, "lrs pipe");
  const runs = {
    pool,
    egress,
    attachments,
    key,
    schedule: { minMs: config.PIPE_RETRY_MIN_MS, maxMs: config.PIPE_RETRY_MAX_MS },
    giveUpFailures: config.PIPE_GIVE_UP_FAILURES,
    idleMs: config.PIPE_IDLE_MS,
    timeoutMs: config.PIPE_TIMEOUT_MS,
    random: Math.random,
  };
  return {
    rpc: pipeRpc({ pipes: pipeRepository(database), pool, egress, key, timeoutMs: config.PIPE_TIMEOUT_MS, now }),
    worker: pipeWorker({
      pool,
      run: (lease, signal) => runPipe(lease, runs, signal),
      concurrency: config.PIPE_WORKERS,
      pollMs: Math.min(config.PIPE_IDLE_MS, POLL_MS),
      logger,
    }),
  };
}
