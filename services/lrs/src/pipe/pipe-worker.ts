import { repeat } from "@coursemesh/platform/jobs/repeat.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { leasePipe, type PipeLease } from "./pipe-lease.ts";

/** Forwards statements in the background. */
export interface PipeWorker {
  start(): void;
  /** Ends requests under way; what they carried is sent again, by this process or another. */
  stop(): Promise<void>;
}

/** What a worker is told. */
export interface PipeWorkerOptions {
  readonly pool: () => pg.Pool;
  readonly run: (lease: PipeLease, signal: AbortSignal) => Promise<void>;
  /** Pipes that one process works on at the same time. */
  readonly concurrency: number;
  /** How often pipes that are due are looked for, milliseconds. */
  readonly pollMs: number;
  readonly logger: Logger;
}

/** Pause of a pipe whose run failed for a reason of ours, milliseconds. */
const FAULT_DELAY_MS = 30_000;

export function pipeWorker({ pool, run, concurrency, pollMs, logger }: PipeWorkerOptions): PipeWorker {
  const stopping = new AbortController();

  const runOne = async (lease: PipeLease): Promise<void> => {
    try {
      await run(lease, stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) logger.error({ err: error, pipe: lease.pipe.id }, "a pipe's run failed");
      await lease.release(stopping.signal.aborted ? 0 : FAULT_DELAY_MS);
    }
  };
  const drain = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const lease = await leasePipe(pool());
      if (lease === undefined) return;
      await runOne(lease);
    }
  };
  const loops = Array.from({ length: concurrency }, () => repeat(pollMs, logger, "the look for due pipes", drain));

  return {
    start() {
      for (const loop of loops) loop.start();
    },
    async stop() {
      stopping.abort(new Error("the process is stopping"));
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
