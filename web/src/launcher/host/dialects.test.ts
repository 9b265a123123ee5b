import { describe, expect, it } from "vitest";
import type { HostResult } from "../../dispatch-protocol/host-result.ts";
import type { HostOptions } from "./host-options.ts";
import { readHostOptions } from "./host-options.ts";
import { lessonStatus, scorm12Dialect } from "./scorm12-dialect.ts";
import { scorm2004Dialect } from "./scorm2004-dialect.ts";
import { isTolerated } from "./tolerated.ts";

const options = readHostOptions({}, "");
const result = (fields: Partial<HostResult>): HostResult => ({
  completion: "incomplete",
  success: "unknown",
  totalSeconds: 0,
  location: "",
  ...fields,
});

describe("the one status of SCORM 1.2", () => {
  const cases: [HostOptions["statusMapping"], Partial<HostResult>, string][] = [
    ["successFirst", { completion: "completed" }, "completed"],
    ["successFirst", { completion: "completed", success: "failed" }, "failed"],
    ["successFirst", { success: "passed" }, "passed"],
    ["successFirst", { completion: "unknown" }, "incomplete"],
    ["completionOnly", { completion: "completed", success: "failed" }, "completed"],
    ["completionOnly", { success: "passed" }, "incomplete"],
    ["both", { success: "passed" }, "incomplete"],
    ["both", { completion: "completed", success: "passed" }, "passed"],
    ["both", { success: "failed" }, "failed"],
  ];
  it.each(cases)("%s of %o is %s", (statusMapping, fields, status) =>
    expect(lessonStatus(result(fields), { ...options, statusMapping })).toBe(status));
});

describe("scores", () => {
  const told = (fields: Partial<HostResult>, scaleScore: boolean) => ({
    scorm12: scorm12Dialect
      .resultValues(result(fields), { ...options, scaleScore })
      .slice(1)
      .map(([element, value]) => `${element.replace("cmi.core.score.", "")} ${value}`),
    scorm2004: scorm2004Dialect
      .resultValues(result(fields), { ...options, scaleScore })
      .slice(2)
      .map(([element, value]) => `${element.replace("cmi.score.", "")} ${value}`),
  });

  it("are the course's own, unless the customer wants percent", () => {
    expect(told({ scoreRaw: 46, scoreMin: 0, scoreMax: 50 }, false)).toEqual({
      scorm12: ["raw 46", "min 0", "max 50"],
      scorm2004: ["raw 46", "min 0", "max 50", "scaled 0.92"],
    });
    expect(told({ scoreRaw: 46, scoreMin: 0, scoreMax: 50 }, true)).toEqual({
      scorm12: ["raw 92", "min 0", "max 100"],
      scorm2004: ["raw 92", "min 0", "max 100", "scaled 0.92"],
    });
  });

  it("fit into what SCORM 1.2 knows, or are left out", () => {
    expect(told({ scoreRaw: 900, scoreMin: 0, scoreMax: 1_000 }, false).scorm12).toEqual([
      "raw 90",
      "min 0",
      "max 100",
    ]);
    expect(told({ scoreRaw: 900 }, false)).toEqual({ scorm12: [], scorm2004: ["raw 900"] });
    expect(told({}, true)).toEqual({ scorm12: [], scorm2004: [] });
    expect(told({ scoreRaw: 66.666666 }, false).scorm2004).toEqual(["raw 66.6667", "scaled 0.6667"]);
  });
});

describe("spans of time", () => {
  it("are written as each standard writes them", () => {
    expect([0, 61.9, 360_000].map(scorm12Dialect.duration)).toEqual(["0000:00:00", "0000:01:01", "0100:00:00"]);
    expect([0, 61.9, 360_000].map(scorm2004Dialect.duration)).toEqual(["PT0H0M0S", "PT0H1M1S", "PT100H0M0S"]);
  });

  it("are read as hosts write them, and not guessed", () => {
    expect(["00:01:00", "0001:02:03.50", "", "1h"].map(scorm12Dialect.seconds)).toEqual([
      60,
      3_723.5,
      undefined,
      undefined,
    ]);
    expect(["PT1M", "P1DT2H3M4.5S", "P", "PT", "", "x"].map(scorm2004Dialect.seconds)).toEqual([
      60,
      93_784.5,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it("tolerates errors about what is optional, and none about the status", () => {
  expect(isTolerated("scorm12", "set", "cmi.core.lesson_location", "351")).toBe(true);
  expect(isTolerated("scorm12", "set", "cmi.core.lesson_status", "351")).toBe(false);
  expect(isTolerated("scorm2004", "set", "cmi.score.raw", "406")).toBe(false);
  expect(isTolerated("scorm2004", "get", "cmi.location", "403")).toBe(true);
  expect(isTolerated("scorm2004", "initialize", "", "103")).toBe(true);
  expect(isTolerated("scorm2004", "finish", "", "113")).toBe(true);
  expect(isTolerated("scorm2004", "commit", "", "391")).toBe(false);
  expect(isTolerated("scorm12", "set", "cmi.core.exit", "999")).toBe(false);
});
