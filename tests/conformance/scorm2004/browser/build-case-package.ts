import { readFileSync } from "node:fs";
import { buildZip } from "@coursemesh/samples/build-zip.ts";
import type { CaseLaunch } from "../case-form.ts";
import type { CaseManifest } from "../read-case-manifest.ts";

const script = readFileSync(new URL("sco-script.js", import.meta.url), "utf8");

/** Makes a case's manifest a package that can be played: each page it names makes the calls of the case's launches, other files are there but empty. */
export function buildCasePackage(
  text: string,
  { files }: CaseManifest,
  launches: readonly CaseLaunch[],
): Promise<Buffer> {
  const calls = `window.launches = ${JSON.stringify(launches.map((launch) => launch.calls))};\n`;
  return buildZip([
    { path: "imsmanifest.xml", content: text },
    { path: "case-launches.js", content: calls },
    { path: "case-sco.js", content: script },
    ...[...files].map((path) => ({ path, content: /\.html?$/.test(path) ? pageAt(path) : "" })),
  ]);
}

function pageAt(path: string): string {
  const root = "../".repeat(path.split("/").length - 1);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>SCO of a case</title></head>
<body>
<h1>SCO of a case</h1>
<script src="${root}case-launches.js"></script>
<script src="${root}case-sco.js"></script>
</body>
</html>
`;
}
