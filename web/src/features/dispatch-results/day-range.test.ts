import { expect, it } from "vitest";
import { lastDays } from "./day-range.ts";

it("ends today, with as many days as asked for, also over the end of a month and a change of clocks", () => {
  const now = Date.parse("2026-03-02T23:30:00Z");
  expect(lastDays(7, "utc", now)).toEqual({ firstDay: "2026-02-24", lastDay: "2026-03-02", timeZone: "UTC" });
  expect(lastDays(1, "utc", now)).toMatchObject({ firstDay: "2026-03-02", lastDay: "2026-03-02" });
  expect(lastDays(90, "utc", Date.parse("2026-05-01T12:00:00Z")).firstDay).toBe("2026-02-01");
});
