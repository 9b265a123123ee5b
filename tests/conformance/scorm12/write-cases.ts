/**
 * Writes `cases/*.json` from the hand-written tables in `source/`:
 * `node tests/conformance/scorm12/write-cases.ts && npx biome format --write tests/conformance/scorm12/cases`.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { allCases } from "./source/all-cases.ts";

const folder = new URL("cases/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const written of allCases) {
  writeFileSync(new URL(`${written.name}.json`, folder), `${JSON.stringify(written)}\n`);
}
console.log(`${allCases.length} cases`);
