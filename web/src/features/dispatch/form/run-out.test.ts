import { expect, it } from "vitest";
import { projectedRunOut } from "./run-out.ts";

const day = 24 * 3_600_000;
const now = 1_000 * day;

it("goes on at the pace so far", () => {
  expect(projectedRunOut({ used: 20, limit: 50, since: now - 10 * day, now })).toBe(now + 15 * day);
});

it.each([
  ["without a limit", { used: 20, limit: 0, since: now - 10 * day }],
  ["before the first learner", { used: 0, limit: 50, since: now - 10 * day }],
  ["when nothing is left", { used: 50, limit: 50, since: now - 10 * day }],
  ["within the first day", { used: 20, limit: 50, since: now - day / 2 }],
  ["when it is years away", { used: 1, limit: 5_000, since: now - 10 * day }],
])("says nothing %s", (_, facts) => {
  expect(projectedRunOut({ ...facts, now })).toBeUndefined();
});
