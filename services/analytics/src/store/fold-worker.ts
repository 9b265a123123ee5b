import type pg from "pg";
import type { Logger } from "pino";
import { foldSome } from "./fold-tenant.ts";

/** Brings figures up to date in the background. */
export interface FoldWorker {
  start(): void;
  /** Something waits. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * @param intervalMs how often to look without being woken, for what another process took in.
 * @param changed is told whose figures changed.
 */
export function foldWorker(
  pool: () => pg.Pool,
  logger: Logger,
  intervalMs: number,
  changed: (tenantId: string) => void,
): FoldWorker {
  let timer: NodeJS.Timeout | undefined;
  let busy: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const work = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        const tenantId = stopped ? undefined : await foldSome(pool());
        if (tenantId === undefined) break;
        changed(tenantId);
      }
    } while (again && !stopped);
  };
  const wake = (): void => {
    again = true;
    busy ??= work()
      .catch((error: unknown) =>
        logger.warn({ err: error }, "figures could not be brought up to date; it will be tried again"),
      )
      .finally(() => {
        busy = undefined;
      });
  };
  return {
    start() {
      timer = setInterval(wake, intervalMs);
      timer.unref();
      wake();
    },
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await busy;
    },
  };
}
