import { Redis } from "ioredis";
import type { Logger } from "pino";
import type { RateLimiter } from "./rate-limiter.ts";

/** A limiter that has a connection. */
export interface RedisRateLimiter extends RateLimiter {
  close(): void;
}

const HOUR_SECONDS = 3600;

/** Counts in Redis, so that all processes count together. A window begins with a key's first call. @param url of the Redis. */
export function redisRateLimiter(url: string, logger: Logger): RedisRateLimiter {
  // Requests do not wait for a Redis that is away; they are let through.
  const redis = new Redis(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false });
  redis.on("error", (error: unknown) => logger.warn({ err: error }, "the connection to Redis failed"));
  return {
    async take(key, limit, windowSeconds = HOUR_SECONDS) {
      const name = `coursemesh:rate:${key}`;
      const answers = await redis.multi().set(name, 0, "EX", windowSeconds, "NX").incr(name).pttl(name).exec();
      const [used, leftMs] = [answers?.[1]?.[1], answers?.[2]?.[1]];
      if (typeof used !== "number" || typeof leftMs !== "number") throw new Error("Redis did not count");
      return {
        allowed: used <= limit,
        remaining: Math.max(0, limit - used),
        resetSeconds: Math.ceil((Date.now() + leftMs) / 1000),
      };
    },
    close: () => redis.disconnect(),
  };
}
