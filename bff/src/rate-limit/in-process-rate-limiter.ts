import { LRUCache } from "lru-cache";
import type { RateLimiter } from "./rate-limiter.ts";

const HOUR_SECONDS = 3600;

/**
 * Counts in this process, in windows that begin with a key's first call. The least recently seen of 100,000 keys is forgotten.
 * @param nowSeconds the clock, in seconds since the epoch.
 */
export function inProcessRateLimiter(nowSeconds: () => number = () => Math.floor(Date.now() / 1000)): RateLimiter {
  const windows = new LRUCache<string, { used: number; resetSeconds: number }>({ max: 100_000 });
  return {
    take(key, limit, windowSeconds = HOUR_SECONDS) {
      let window = windows.get(key);
      if (window === undefined || window.resetSeconds <= nowSeconds()) {
        window = { used: 0, resetSeconds: nowSeconds() + windowSeconds };
        windows.set(key, window);
      }
      const allowed = window.used < limit;
      if (allowed) window.used += 1;
      return Promise.resolve({ allowed, remaining: limit - window.used, resetSeconds: window.resetSeconds });
    },
  };
}
