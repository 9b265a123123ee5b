import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { claimDeliveries } from "./claim.ts";
import { deliverClaim, type SendDeps } from "./deliver-claim.ts";
import { recordResults } from "./record.ts";
import { recorder } from "./recorder.ts";

/** Sends what is due in the background. */
export interface DeliveryWorker {
  start(): void;
  /** Looks at once, because something was queued. */
  wake(): void;
  /** Ends requests under way; what they carried is sent again, by this process or another. */
  stop(): Promise<void>;
}

/** Pause after the database did not answer. */
const FAULT_PAUSE_MS = 1_000;

/** One loop leases; requests run beside it, so that a slow receiver holds up no other. */
export function deliveryWorker(pool: () => pg.Pool, deps: SendDeps): DeliveryWorker {
  const { config, logger, key } = deps;
  const stopping = new AbortController();
  const record = recorder((results) => recordResults(pool(), key, results), config.WEBHOOK_LEASE_MARGIN_MS, logger);
  const under = new Set<Promise<void>>();
  let inFlight = 0;
  let wake = new AbortController();
  let loop: Promise<void> | undefined;

  /** Ends at the latest after `ms`, sooner when a request has ended. */
  const rest = async (ms: number): Promise<void> => {
    const signal = AbortSignal.any([wake.signal, stopping.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    wake = new AbortController();
  };
  const step = async (): Promise<void> => {
    const room = config.WEBHOOK_IN_FLIGHT - inFlight;
    if (room <= 0) return rest(config.WEBHOOK_POLL_MS);
    const claim = await claimDeliveries(pool(), config, room);
    if (claim === undefined) return rest(config.WEBHOOK_POLL_MS);
    if (claim === "waits") return;
    inFlight += claim.lanes.length;
    const work = deliverClaim(
      claim,
      deps,
      async (result) => {
        await record.add(result);
        if (!result.laneOver) return;
        inFlight -= 1;
        wake.abort();
      },
      stopping.signal,
    ).finally(() => under.delete(work));
    under.add(work);
  };

  return {
    wake: () => wake.abort(),
    start() {
      if (config.WEBHOOK_IN_FLIGHT === 0) return;
      loop = (async () => {
        while (!stopping.signal.aborted) {
          await step().catch(async (error: unknown) => {
            logger.warn({ err: error }, "due deliveries could not be looked for; it will be tried again");
            await rest(FAULT_PAUSE_MS);
          });
        }
      })();
    },
    async stop() {
      stopping.abort(new Error("the process is stopping"));
      await loop;
      await Promise.all(under);
    },
  };
}
