import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SuiteResult } from "../suite-result.ts";
import type { Case } from "./case-form.ts";
import { playCase } from "./play-case.ts";

/** Plays every `cases/*.json` of a folder. The family of a case is its file name up to the first `-`, `.` or `_`. */
export function playScorm12(folder: string): SuiteResult[] {
  return readdirSync(join(folder, "cases"))
    .filter((file) => file.endsWith(".json"))
    .toSorted()
    .map((file) => {
      const family = /^[^-._]+/.exec(file)?.[0] ?? file;
      try {
        const played: Case = JSON.parse(readFileSync(join(folder, "cases", file), "utf8"));
        const { calls, failures, disputed } = playCase(played);
        return { name: played.name ?? file, family, steps: calls, failures, disputed };
      } catch (error) {
        const failure = { call: file, expected: "a case in the form of case-form.ts", got: String(error), why: "" };
        return { name: file, family, steps: 0, failures: [failure], disputed: [] };
      }
    });
}
