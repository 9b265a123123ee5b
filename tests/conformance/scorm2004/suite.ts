import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SuiteResult } from "../suite-result.ts";
import type { Case } from "./case-form.ts";
import { caseNotes } from "./case-notes.ts";
import type { Learner } from "./learning-system.ts";
import { playCase } from "./play-case.ts";
import { readCaseManifest } from "./read-case-manifest.ts";

/** Plays every `cases/*.json` of a folder with the manifests of `manifests/`. The family of a case is the letters that its name begins with. */
export function playScorm2004(folder: string): SuiteResult[] {
  // One learner takes all cases in their order: some read global objectives that the case before them wrote.
  const learner: Learner = { objectives: {}, shared: {} };
  return readdirSync(join(folder, "cases"))
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => {
      const family = /^[A-Z]+/.exec(file)?.[0] ?? file;
      try {
        const { leftBehind } = caseNotes[file.replace(/\.json$/, "")] ?? {};
        if (leftBehind !== undefined && !existsSync(join(folder, "cases", `${leftBehind.case}.json`))) {
          for (const id of leftBehind.completed) learner.objectives[id] = { completed: true };
        }
        const played: Case = JSON.parse(readFileSync(join(folder, "cases", file), "utf8"));
        return { name: played.name, family, ...playCase(played, packagesOf(folder, played.name), learner) };
      } catch (error) {
        const got = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const failure = { call: file, expected: "a case that can be played", got, why: "" };
        return { name: file, family, steps: 0, failures: [failure], disputed: [] };
      }
    });
}

function packagesOf(folder: string, name: string) {
  const manifest = (packageName: string) => join(folder, "manifests", `${packageName}.xml`);
  const names = existsSync(manifest(name)) ? [name] : [`${name}a`, `${name}b`];
  return new Map(names.map((it) => [it, readCaseManifest(readFileSync(manifest(it), "utf8"))]));
}
