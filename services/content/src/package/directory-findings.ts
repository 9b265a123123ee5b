import { type Finding, reportInto } from "@coursemesh/scorm/manifest/finding.ts";
import type { PackageRuleId } from "./package-rules.ts";
import { packageRules } from "./package-rules.ts";
import type { ZipDirectory } from "./zip/read-directory.ts";

/** What was forgiven in the names of a zip. */
export function directoryFindings({ backslashes, guessed }: ZipDirectory): Finding[] {
  const findings: Finding[] = [];
  const report = reportInto<PackageRuleId>(findings, packageRules);
  if (backslashes.count > 0) {
    report("zip.path.backslash", { count: String(backslashes.count), name: backslashes.example });
  }
  if (guessed.count > 0) report("zip.path.encoding", { count: String(guessed.count), name: guessed.example });
  return findings;
}
