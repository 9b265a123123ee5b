import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildMultiScoPackage } from "./build-multi-sco-package.ts";
import { buildQuizPackage } from "./build-quiz-package.ts";
import { buildRemediationPackage } from "./build-remediation-package.ts";

/** Writes the sample packages into a folder: `node packages/samples/src/write-samples.ts DIR`. */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("Say which folder: node packages/samples/src/write-samples.ts DIR\n");
  process.exitCode = 2;
} else {
  await mkdir(folder, { recursive: true });
  const samples = {
    "phishing-spot-the-bait.scorm12.zip": buildQuizPackage,
    "data-protection.scorm12.zip": buildMultiScoPackage,
    "fire-safety.scorm2004.zip": buildRemediationPackage,
  };
  for (const [name, build] of Object.entries(samples)) {
    const path = join(folder, name);
    await writeFile(path, await build());
    process.stdout.write(`${path}\n`);
  }
}
