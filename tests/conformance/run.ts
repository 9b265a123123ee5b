/**
 * `npm run conformance -- <suite> [--data DIR] [--browser] [--case NAME …]`: plays a suite's own cases, or those of another folder
 * `DIR/cases/*.json`, through the run-time core; `--browser` through the whole product in Chromium instead; `--case` only those named. The last
 * line is `N passed, N failed`; the exit code is 0 only when none failed and at least one ran.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { playScorm12 } from "./scorm12/suite.ts";
import { playScorm2004 } from "./scorm2004/suite.ts";
import type { FailedStep, SuiteResult } from "./suite-result.ts";

interface Suite {
  readonly play: (folder: string) => SuiteResult[];
  /** Plays the cases, or those with the given names, through the product. */
  readonly playInBrowser?: (folder: string, cases: readonly string[] | undefined) => Promise<SuiteResult[]>;
  /** Folder of the cases. */
  readonly data: string;
  /** What to say where the cases, which are not part of the project, are missing. Never skipped in CI. */
  readonly skipped?: string;
}

const suites: Readonly<Record<string, Suite>> = {
  scorm12: { play: playScorm12, data: fileURLToPath(new URL("scorm12/", import.meta.url)) },
  scorm2004: {
    play: playScorm2004,
    async playInBrowser(folder, cases) {
      const { playScorm2004InBrowser } = await import("./scorm2004/browser/browser-suite.ts");
      const onResult = ({ name, failures }: SuiteResult) =>
        console.error(failures.length === 0 ? `${name} passed` : `${name} FAILED`);
      return playScorm2004InBrowser(folder, { ...(cases && { cases }), onResult });
    },
    data: process.env.ADL_SCORM2004_DIR ?? fileURLToPath(new URL("../../../shared/adl-scorm2004/", import.meta.url)),
    skipped: "Skipped: ADL's SCORM 2004 cases are not here; ADL_SCORM2004_DIR names their folder.",
  },
};

/** Steps of one case that are printed; when more failed, the first ones say why. */
const SHOWN = 12;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    browser: { type: "boolean", default: false },
    case: { type: "string", multiple: true },
  },
});
const suite = suites[positionals[0] ?? ""];
const playInBrowser = values.browser ? suite?.playInBrowser : undefined;
if (suite === undefined || positionals.length !== 1 || (values.browser && playInBrowser === undefined)) {
  console.error(`usage: npm run conformance -- ${Object.keys(suites).join("|")} [--data DIR] [--browser] [--case NAME …]
--browser: ${Object.keys(suites)
    .filter((name) => suites[name]?.playInBrowser)
    .join(", ")}`);
  process.exit(2);
}

const folder = values.data ?? suite.data;
if (!existsSync(join(folder, "cases"))) {
  if (suite.skipped !== undefined && values.data === undefined && !process.env.CI) {
    console.log(suite.skipped);
    process.exit(0);
  }
  console.error(`${folder} has no folder "cases"`);
  process.exit(2);
}

const chosen = values.case;
const results = playInBrowser
  ? await playInBrowser(folder, chosen)
  : suite.play(folder).filter(({ name }) => chosen === undefined || chosen.includes(name));
printFamilies(results);
for (const result of results) printSteps(result, result.disputed, "disputed");
for (const result of results) printSteps(result, result.failures, "FAILED");
const failed = results.filter(({ failures }) => failures.length > 0).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && results.length > 0 ? 0 : 1;

function printFamilies(all: readonly SuiteResult[]): void {
  const families = Map.groupBy(all, ({ family }) => family);
  const row = (...cells: readonly (string | number)[]) =>
    console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(16) : String(cell).padStart(9))).join(""));
  row("family", "cases", "passed", "failed", "steps", "disputed");
  for (const [family, members] of families) {
    const passed = members.filter(({ failures }) => failures.length === 0).length;
    const sum = (count: (result: SuiteResult) => number) => members.reduce((total, result) => total + count(result), 0);
    const steps = sum((result) => result.steps);
    row(
      family,
      members.length,
      passed,
      members.length - passed,
      steps,
      sum((result) => result.disputed.length),
    );
  }
}

function printSteps({ name }: SuiteResult, steps: readonly FailedStep[], label: string): void {
  for (const { call, expected, got, why } of steps.slice(0, SHOWN)) {
    console.log(
      `${label} ${name}\n  ${call}\n  expected ${expected}\n  got      ${got}${why === "" ? "" : `\n  ${why}`}`,
    );
  }
  if (steps.length > SHOWN) console.log(`${label} ${name}\n  and ${steps.length - SHOWN} more steps`);
}
