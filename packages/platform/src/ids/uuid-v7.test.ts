import { expect, it } from "vitest";
import { uuidV7 } from "./uuid-v7.ts";

it("makes version 7 ids that sort in the order they were made", () => {
  const ids = Array.from({ length: 20_000 }, () => uuidV7());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids.slice(0, 100))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it("begins with the time in milliseconds", () => {
  const later = Date.now() + 60_000;
  expect(Number.parseInt(uuidV7(later).replaceAll("-", "").slice(0, 12), 16)).toBe(later);
});
