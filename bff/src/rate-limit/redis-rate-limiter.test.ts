import { randomUUID } from "node:crypto";
import { hasRedis, startRedis, type TestRedis } from "@coursemesh/platform/testing/redis-server.ts";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RedisRateLimiter, redisRateLimiter } from "./redis-rate-limiter.ts";

const logger = pino({ level: "silent" });

describe.skipIf(!hasRedis())("the rate limit with Redis", () => {
  let server: TestRedis;
  let limiters: RedisRateLimiter[] = [];
  beforeAll(async () => {
    server = await startRedis();
    limiters = [redisRateLimiter(server.url, logger), redisRateLimiter(server.url, logger)];
    for (const limiter of limiters) await vi.waitFor(() => limiter.take("ready", 1_000), 20_000);
  });
  afterAll(async () => {
    for (const limiter of limiters) limiter.close();
    await server.stop();
  });

  it("counts calls of all processes together, up to the limit", async () => {
    const key = randomUUID();
    const takes: boolean[] = [];
    for (const limiter of [...limiters, ...limiters]) takes.push((await limiter.take(key, 3)).allowed);
    expect(takes).toEqual([true, true, true, false]);
    expect(await limiters[0]?.take(randomUUID(), 3)).toMatchObject({ allowed: true, remaining: 2 });
  });

  it("says when the window ends, and begins another one then", async () => {
    const key = randomUUID();
    const first = await limiters[0]?.take(key, 1, 1);
    const now = Date.now() / 1000;
    expect(first?.resetSeconds).toBeGreaterThanOrEqual(Math.floor(now));
    expect(first?.resetSeconds).toBeLessThanOrEqual(Math.ceil(now + 1));
    expect((await limiters[1]?.take(key, 1, 1))?.allowed).toBe(false);
    await vi.waitFor(async () => expect((await limiters[1]?.take(key, 1, 1))?.allowed).toBe(true), 5_000);
  });

  it("fails rather than waits when Redis is away", async () => {
    const nowhere = redisRateLimiter("redis://127.0.0.1:1/0", logger);
    await expect(nowhere.take("key", 1)).rejects.toThrow();
    nowhere.close();
  });
});
