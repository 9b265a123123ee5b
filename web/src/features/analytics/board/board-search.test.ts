import { expect, it } from "vitest";
import { type BoardSearch, readRange, toBoardQuestion, toFigureQuestion } from "./board-search.ts";

const NOW = Date.parse("2026-11-20T14:07:00Z");
const at = (text: string) => Date.parse(text);
const range = (search: BoardSearch) => readRange(search, "utc", NOW);

it("counts today as the last of the days and compares with as many days before, up to the same time", () => {
  expect(range({ range: "7d" })).toEqual({
    start: at("2026-11-14"),
    end: 0,
    days: 7,
    step: "day",
    compareStart: at("2026-11-07"),
    compareEnd: at("2026-11-13T14:15:00Z"),
  });
});

it("takes the last day of a custom range whole, and a wrong one as if it were not there", () => {
  expect(range({ range: "custom", from: "2026-10-01", to: "2026-10-31" })).toMatchObject({
    start: at("2026-10-01"),
    end: at("2026-11-01"),
    days: 31,
    compareStart: at("2026-08-31"),
    compareEnd: at("2026-10-01"),
  });
  expect(range({ range: "custom", from: "soon", to: "2030-01-01" })).toMatchObject({ start: at("2026-10-22"), end: 0 });
  expect(range({ range: "custom", from: "2026-11-10", to: "2026-11-01" })).toMatchObject({ days: 1 });
});

it("takes longer steps for longer ranges, unless one is chosen", () => {
  expect(range({ range: "custom", from: "2026-11-20" }).step).toBe("hour");
  expect(range({ range: "custom", from: "2026-01-01" }).step).toBe("week");
  expect(range({ range: "custom", from: "2020-01-01" }).step).toBe("month");
  expect(range({ range: "90d", step: "week" }).step).toBe("week");
});

it("asks for nothing to compare with when told so, and for a version only with its course", () => {
  const alone: BoardSearch = { alone: true, version: "v", tag: "new" };
  const question = toBoardQuestion(alone, range(alone), "utc");
  expect(question).not.toHaveProperty("compareStartTime");
  expect(question.filter).toEqual({ courseIds: [], courseVersionIds: [], destinationIds: [], tags: ["new"] });
});

it("narrows the question to what a figure is about", () => {
  const search: BoardSearch = { course: "a", version: "v", tag: "new" };
  const whole = toFigureQuestion(search, range(search), "utc", { kind: "active", course: "b", learner: "l" });
  expect(whole).toMatchObject({ startTime: BigInt(at("2026-10-22")), endTime: 0n, timeZone: "UTC" });
  expect(whole.filter).toMatchObject({ courseIds: ["b"], courseVersionIds: [], tags: ["new"], learnerIds: ["l"] });
  const day = toFigureQuestion(search, range(search), "utc", { kind: "active", start: 5, end: 9 });
  expect(day).toMatchObject({ startTime: 5n, endTime: 9n });
  expect(day.filter).toMatchObject({ courseIds: ["a"], courseVersionIds: ["v"] });
});
