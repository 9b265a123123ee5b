import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { caseNotes } from "./scorm2004/case-notes.ts";
import { playScorm2004 } from "./scorm2004/suite.ts";

const folder =
  process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../shared/adl-scorm2004/", import.meta.url));
const present = existsSync(folder);

describe.skipIf(!present && !process.env.CI)("ADL's SCORM 2004 cases", () => {
  const results = present ? playScorm2004(folder) : [];

  it("are there", () => {
    expect(results.length).toBeGreaterThan(0);
  });

  it.each(results)("$name", ({ failures }) => {
    expect(failures).toEqual([]);
  });

  it("are disputed only where a note says why", () => {
    const disputed = results.filter((result) => result.disputed.length > 0).map(({ name }) => name);
    expect(disputed.filter((name) => caseNotes[name] === undefined)).toEqual([]);
  });
});
