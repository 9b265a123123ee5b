import { expect, it } from "vitest";
import { orderByOf, rowsAfter } from "./keyset.ts";

const byTime = [
  { property: "updatedAt", direction: "desc", read: (key: string | number) => new Date(key) },
  { property: "id", direction: "asc" },
] as const;

it("asks for nothing on the first page", () => {
  expect(rowsAfter(byTime, undefined)).toEqual({});
});

it("goes on after the last row by every column in turn", () => {
  const at = new Date("2026-01-02T03:04:05.678Z");
  expect(rowsAfter(byTime, [at.getTime(), "a"])).toEqual({
    $or: [{ updatedAt: { $lt: at } }, { updatedAt: at, id: { $gt: "a" } }],
  });
  expect(orderByOf(byTime)).toEqual({ updatedAt: "desc", id: "asc" });
});
