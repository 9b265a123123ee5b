import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allCases } from "./scorm12/source/all-cases.ts";
import { playScorm12 } from "./scorm12/suite.ts";

const results = playScorm12(fileURLToPath(new URL("scorm12/", import.meta.url)));

describe("SCORM 1.2 run-time cases", () => {
  it("number at least 150", () => {
    expect(results.length).toBeGreaterThanOrEqual(150);
  });

  it("stand in their files as in the tables that they are written from", () => {
    const folder = new URL("scorm12/cases/", import.meta.url);
    const files = readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(files.toSorted(byName)).toEqual(allCases.toSorted(byName));
  });

  it.each(results)("$name", ({ failures, steps }) => {
    expect(failures).toEqual([]);
    expect(steps).toBeGreaterThan(0);
  });
});
