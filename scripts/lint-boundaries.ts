/** Lint that no library knows: who may import what, file sizes, and words that say nothing. Exits 1 with one line for each problem. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { importProblems, zonesOf } from "./lint/import-rules.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const zones = zonesOf(folders("services"), folders("packages"));

/** Lines a source file may have; a longer one holds two ideas. */
const SOURCE_LINES = 400;
const TEST_LINES = 600;
const EMPTY_NAMES = /^(utils?|helpers?|common|misc|manager|base)(\.|-|$)|[-.](utils?|helpers?|manager)\./i;

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"], {
  cwd: root,
  encoding: "utf8",
})
  .trim()
  .split("\n");
let count = 0;
for (const path of files) {
  let source: string;
  try {
    source = readFileSync(join(root, path), "utf8");
  } catch {
    continue;
  }
  const zone = zones.find((it) => path.startsWith(`${it.folder}/`));
  const problems = zone ? importProblems(path, source, zone) : [];
  const lines = source.split("\n").length - 1;
  const limit = /\.test\.tsx?$|^tests\//.test(path) ? TEST_LINES : SOURCE_LINES;
  if (lines > limit) problems.push(`has ${lines} lines, more than ${limit}`);
  if (EMPTY_NAMES.test(basename(path))) problems.push("has a name that says nothing");
  for (const problem of problems) console.error(`${path}: ${problem}`);
  count += problems.length;
}
console.log(`${files.length} files, ${count} problems`);
process.exit(count === 0 ? 0 : 1);
