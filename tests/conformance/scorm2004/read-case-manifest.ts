import { createFileIndex } from "@coursemesh/scorm/manifest/file-index.ts";
import { readScorm2004Manifest } from "@coursemesh/scorm/manifest/scorm2004/read-scorm2004-manifest.ts";
import { parseXml } from "@coursemesh/scorm/manifest/testing/parse-xml.ts";
import type { ActivityTree } from "@coursemesh/scorm/sequencing/activity-tree.ts";

/** What the manifest of a case says. */
export interface CaseManifest {
  readonly tree: ActivityTree;
  /** Paths of all files that it names. */
  readonly files: ReadonlySet<string>;
}

/** Reads the manifest of a case with the product's own reader. The package's files are not there; every file that the manifest names counts as present. */
export function readCaseManifest(text: string): CaseManifest {
  const named = new Set<string>();
  const find = (path: string) => {
    named.add(path);
    return { path, exact: true };
  };
  const { tree, findings } = readScorm2004Manifest(parseXml(text), { ...createFileIndex([]), find });
  if (tree === undefined) throw new Error(findings.map((finding) => JSON.stringify(finding)).join("\n"));
  return { tree, files: named };
}
