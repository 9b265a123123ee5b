import { describe, expect, it } from "vitest";
import { matchesActivity } from "./activity-filter.ts";
import { deviceOf } from "./device.ts";
import { activeFilters } from "./registration-filters.ts";
import { stateElements, suspendDataLimit, suspendDataUse } from "./state-elements.ts";

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
    expect(suspendDataLimit("{}")).toBe(4096);
    expect(suspendDataUse("x".repeat(2048), 4096)).toBe(50);
    expect(suspendDataUse("x".repeat(5000), 4096)).toBe(122.1);
  });
  it("knows what a SCORM 2004 session keeps, its comments, and its lists within lists", () => {
    const json = JSON.stringify({
      attempt: 1,
      values: { "cmi.location": "3" },
      objectives: [{ id: "o1", "score.scaled": "0.5", restored: ["success_status"] }],
      interactions: [{ id: "i1", objectives: ["o1"], correct_responses: ["a", "b"] }],
      comments: [{ comment: "good" }],
      session: { phase: "running", exit: "suspend", time: "PT1M", request: "", behaviour: { suspendDataSpm: 4000 } },
    });
    expect(stateElements(json).map(({ element, value }) => `${element} ${value}`)).toEqual([
      "cmi.location 3",
      "cmi.exit suspend",
      "cmi.session_time PT1M",
      "cmi.objectives.0.id o1",
      "cmi.objectives.0.score.scaled 0.5",
      "cmi.interactions.0.id i1",
      "cmi.interactions.0.objectives.0.id o1",
      "cmi.interactions.0.correct_responses.0.pattern a",
      "cmi.interactions.0.correct_responses.1.pattern b",
      "cmi.comments_from_learner.0.comment good",
    ]);
    expect([suspendDataLimit(json), suspendDataLimit('{"attempt":2}')]).toEqual([4000, 64_000]);
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
