import { describe, expect, it } from "vitest";
import { queryParameters } from "../../http/query-parameters.ts";
import { readPeriod } from "./figures.ts";

const lateEvening = new Date("2026-03-01T23:30:00Z");

describe("readPeriod", () => {
  it.each([
    [{}, { firstDay: "2026-01-31", lastDay: "2026-03-01", timeZone: "UTC" }],
    [{ period: "7d" }, { firstDay: "2026-02-23", lastDay: "2026-03-01", timeZone: "UTC" }],
    [
      { period: "7d", timeZone: "Asia/Tokyo" },
      { firstDay: "2026-02-24", lastDay: "2026-03-02", timeZone: "Asia/Tokyo" },
    ],
    [{ period: "90d" }, { firstDay: "2025-12-02", lastDay: "2026-03-01", timeZone: "UTC" }],
  ])("of %o is %o", (query, range) => {
    expect(readPeriod(queryParameters(query), lateEvening)).toEqual(range);
  });

  it.each([{ period: "8d" }, { timeZone: "Mars/Olympus" }])("refuses %o by name", (query) => {
    expect(() => readPeriod(queryParameters(query), lateEvening)).toThrow(Object.keys(query)[0]);
  });
});
