import { expect, it } from "vitest";
import { readRetryAfter, retryDelay } from "./retry-delay.ts";

const schedule = { minMs: 1_000, maxMs: 900_000 };

it.each([
  [1, 0, 500],
  [1, 1, 1_000],
  [2, 1, 2_000],
  [5, 0.5, 12_000],
  [11, 1, 900_000],
  [10_000, 0, 450_000],
])("waits after failure %i with luck %d for %i ms", (failures, luck, expected) => {
  expect(retryDelay(failures, schedule, luck, undefined)).toBe(expected);
});

it("never comes earlier than it was told, up to a day", () => {
  expect(retryDelay(1, schedule, 1, 60_000)).toBe(60_000);
  expect(retryDelay(8, schedule, 1, 60_000)).toBe(128_000);
  expect(retryDelay(1, schedule, 1, 10 ** 12)).toBe(86_400_000);
});

it.each([
  ["120", 120_000],
  [" 0 ", 0],
  ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
  ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ["soon", undefined],
  ["-5 apples", undefined],
  [undefined, undefined],
])("reads Retry-After %s as %s ms", (header, expected) => {
  expect(readRetryAfter(header, new Date("2026-01-01T00:00:00Z"))).toBe(expected);
});
