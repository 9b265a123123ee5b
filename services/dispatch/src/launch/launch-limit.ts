import { LRUCache } from "lru-cache";
import { errors } from "../errors.ts";

const WINDOW_MS = 60_000;
const REMEMBERED = 50_000;

/** Counts what comes from one place. */
export interface LaunchLimit {
  /** @throws RATE_LIMITED when it was too much within a minute */
  take(...of: readonly string[]): void;
}

/**
 * A limit of this process on launches from one address to one dispatch. The gateway limits before; this holds where it is reached
 * from elsewhere, and a customer whose learners share an address stays below it.
 * @param perMinute 0: no limit.
 */
export function launchLimit(perMinute: number, now: () => Date): LaunchLimit {
  const windows = new LRUCache<string, { readonly from: number; count: number }>({ max: REMEMBERED });
  return {
    take(...of) {
      if (perMinute === 0) return;
      const key = of.join("\0");
      const at = now().getTime();
      const open = windows.get(key);
      const window = open && at < open.from + WINDOW_MS ? open : { from: at, count: 0 };
      window.count += 1;
      windows.set(key, window);
      if (window.count <= perMinute) return;
      const seconds = Math.max(1, Math.ceil((window.from + WINDOW_MS - at) / 1000));
      throw errors.rateLimited({ retry_after_seconds: String(seconds) });
    },
  };
}
