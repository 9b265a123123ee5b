import { describe, expect, it } from "vitest";
import { matchesActivity } from "./activity-filter.ts";
import { deviceOf } from "./device.ts";
import { activeFilters } from "./registration-filters.ts";
import { stateElements, suspendDataUse } from "./state-elements.ts";

describe("state of an activity", () => {
  it("lists values and the entries of lists by their names in the book", () => {
    const json = JSON.stringify({
      opened: 2,
      values: { "cmi.core.lesson_status": "passed", "cmi.suspend_data": "p=3" },
      objectives: [{ id: "o1", score: { raw: "5" } }],
      interactions: [],
    });
    expect(stateElements(json)).toEqual([
      { element: "cmi.core.lesson_status", value: "passed" },
      { element: "cmi.suspend_data", value: "p=3" },
      { element: "cmi.objectives.0.id", value: "o1" },
      { element: "cmi.objectives.0.score.raw", value: "5" },
    ]);
  });
  it("shows nothing rather than failing when the state cannot be read", () => {
    expect(stateElements("")).toEqual([]);
    expect(stateElements("[")).toEqual([]);
  });
  it("measures suspend data by the book's 4,096 characters, also beyond it", () => {
    expect(suspendDataUse("x".repeat(2048))).toBe(50);
    expect(suspendDataUse("x".repeat(5000))).toBe(122.1);
  });
});

it("names browser and system of a launch", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
  expect(deviceOf(chrome)).toBe("Chrome 156, Windows");
  expect(deviceOf(`${chrome} Edg/156.0`)).toBe("Edge 156, Windows");
  expect(deviceOf("")).toBe("—");
  expect(deviceOf("moodle-bot")).toBe("moodle-bot");
});

it("filters activities by what holds a learner up", () => {
  const activity = { completion: "incomplete", success: "unknown", available: false };
  expect(
    ["all", "incomplete", "failed", "blocked"].filter((filter) => matchesActivity(activity, filter as "all")),
  ).toEqual(["all", "incomplete", "blocked"]);
});

it("counts filters without the search", () => {
  expect(activeFilters({ q: "ana", completion: "complete", launched: false })).toBe(2);
});
