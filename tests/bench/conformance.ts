/**
 * ADL's SCORM 2004 cases played with our core and with scorm-again 3.4, side by side: `node tests/bench/conformance.ts [DIR]`. Both are driven by
 * the same tester through the same interface; what the adapter for scorm-again cannot give is written at its head
 * (`tests/conformance/scorm2004/scorm-again/scorm-again-system.ts`). `--steps` names the first step of each case that it answers otherwise.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { playWithScormAgain } from "../conformance/scorm2004/scorm-again/suite.ts";
import { playScorm2004 } from "../conformance/scorm2004/suite.ts";
import type { SuiteResult } from "../conformance/suite-result.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { steps: { type: "boolean" } } });
const folder =
  positionals[0] ??
  process.env.ADL_SCORM2004_DIR ??
  fileURLToPath(new URL("../../../shared/adl-scorm2004/", import.meta.url));
if (!existsSync(folder)) {
  console.log("Skipped: ADL's SCORM 2004 cases are not here; ADL_SCORM2004_DIR names their folder.");
  process.exit(0);
}

const passed = ({ failures }: SuiteResult) => failures.length === 0;
const ours = playScorm2004(folder);
const theirs = playWithScormAgain(folder);
const row = (family: string, ...cells: readonly (string | number)[]) =>
  console.log(family.padEnd(10) + cells.map((cell) => String(cell).padStart(14)).join(""));
row("family", "cases", "ours", "scorm-again");
for (const [family, members] of Map.groupBy(ours, (result) => result.family)) {
  const of = theirs.filter((result) => result.family === family);
  row(family, members.length, members.filter(passed).length, of.filter(passed).length);
}
row("all", ours.length, ours.filter(passed).length, theirs.filter(passed).length);
if (values.steps) {
  for (const { name, failures } of theirs) {
    const [first] = failures;
    if (first)
      console.log(`${name}: ${first.call}\n  expected ${first.expected}\n  got      ${first.got.split("\n")[0]}`);
  }
}
// The library keeps timers.
process.exit(0);
