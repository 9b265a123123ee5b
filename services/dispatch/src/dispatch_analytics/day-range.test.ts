import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { DayRangeSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { describe, expect, it } from "vitest";
import { allDays, readDays } from "./day-range.ts";

const range = (value: MessageInitShape<typeof DayRangeSchema>) => create(DayRangeSchema, value);

describe("readDays", () => {
  it("takes a range with its zone", () => {
    expect(readDays(range({ firstDay: "2026-02-27", lastDay: "2026-03-02", timeZone: "Europe/Berlin" }))).toEqual({
      first: "2026-02-27",
      last: "2026-03-02",
      timeZone: "Europe/Berlin",
    });
  });

  it.each([
    ["range.first_day", { firstDay: "2026-02-30", lastDay: "2026-03-02" }],
    ["range.last_day", { firstDay: "2026-03-02", lastDay: "2026-03-01" }],
    ["range.last_day", { firstDay: "2024-01-01", lastDay: "2026-01-01" }],
    ["range.time_zone", { firstDay: "2026-03-01", lastDay: "2026-03-01", timeZone: "Mars/Olympus" }],
  ])("refuses a wrong %s", (field, value) => {
    expect(() => readDays(range(value))).toThrow(field);
  });
});

it("counts days across months and leap days", () => {
  expect(allDays({ first: "2028-02-28", last: "2028-03-01", timeZone: "UTC" })).toEqual([
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
  ]);
});
