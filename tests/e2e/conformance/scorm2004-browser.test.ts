import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BrowserSuite } from "../../conformance/scorm2004/browser/browser-suite.ts";

const folder =
  process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../../shared/adl-scorm2004/", import.meta.url));

/** One of each family; the others are played by `npm run conformance -- scorm2004 --browser`. */
const SAMPLE = [
  "API",
  "CM-09bb",
  "CO-12b",
  "CT-01",
  "DDM",
  "DMB",
  "DMI",
  "MS-03",
  "OB-03b",
  "RU-14a",
  "SX-04b",
  "T-01a",
];

describe.skipIf(!existsSync(folder) && !process.env.CI)("a sample of ADL's SCORM 2004 cases in the browser", () => {
  let suite: BrowserSuite;
  beforeAll(async () => {
    suite = await BrowserSuite.open();
  });
  afterAll(() => suite.close());

  let learners = 0;
  it.each(SAMPLE)("%s", async (name) => {
    learners += 1;
    // A learner each time: a case that is tried again must not find what it left behind.
    const learner = { id: `learner-${learners}`, firstName: "Jane", lastName: "Doe" };
    expect((await suite.play(folder, name, learner)).failures).toEqual([]);
  });
});
