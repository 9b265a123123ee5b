import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { DeliveryResult } from "./record.ts";

/** Writes results down, those that wait together in one transaction. */
export interface Recorder {
  /** Resolves when the result is written, or given up because the lease is long over. */
  add(result: DeliveryResult): Promise<void>;
}

/** Results of one transaction. */
const MOST = 200;
/** Pause before results are written again after a failure. */
const RETRY_MS = 500;

/** @param giveUpMs after this time others have the lease; what was not written by then is sent again. */
export function recorder(
  write: (results: readonly DeliveryResult[]) => Promise<void>,
  giveUpMs: number,
  logger: Logger,
): Recorder {
  const waiting: { result: DeliveryResult; done: () => void }[] = [];
  let busy = false;

  const insist = async (results: readonly DeliveryResult[]): Promise<void> => {
    for (const end = performance.now() + giveUpMs; ; ) {
      try {
        return await write(results);
      } catch (error) {
        if (performance.now() > end) {
          logger.error({ err: error, count: results.length }, "results of deliveries could not be written");
          return;
        }
        logger.warn({ err: error }, "results of deliveries could not be written; it will be tried again");
        await sleep(RETRY_MS);
      }
    }
  };
  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const some = waiting.splice(0, MOST);
      await insist(some.map(({ result }) => result));
      for (const { done } of some) done();
    }
    busy = false;
  };

  return {
    add: (result) =>
      new Promise((done) => {
        waiting.push({ result, done });
        // Everything that becomes known in this turn goes along.
        setImmediate(() => void drain());
      }),
  };
}
