import { expect, it } from "vitest";
import { inProcessRateLimiter } from "./in-process-rate-limiter.ts";

it("allows as many calls an hour as the limit says and starts again when the hour is over", async () => {
  let now = 1_000;
  const limiter = inProcessRateLimiter(() => now);
  expect(await limiter.take("a", 2)).toEqual({ allowed: true, remaining: 1, resetSeconds: 4_600 });
  expect(await limiter.take("a", 2)).toEqual({ allowed: true, remaining: 0, resetSeconds: 4_600 });
  expect(await limiter.take("a", 2)).toEqual({ allowed: false, remaining: 0, resetSeconds: 4_600 });
  now = 4_600;
  expect(await limiter.take("a", 2)).toMatchObject({ allowed: true, remaining: 1 });
});

it("counts each key for itself", async () => {
  const limiter = inProcessRateLimiter(() => 0);
  await limiter.take("a", 1);
  expect(await limiter.take("b", 1)).toMatchObject({ allowed: true });
});
