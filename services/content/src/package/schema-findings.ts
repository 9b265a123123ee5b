import { IMSCP_SCORM12 } from "@coursemesh/scorm/manifest/detect-standard.ts";
import { type Finding, reportInto } from "@coursemesh/scorm/manifest/finding.ts";
import { IMSCP_SCORM2004 } from "@coursemesh/scorm/manifest/scorm2004/edition.ts";
import type { XmlReading } from "./xml/read-xml.ts";
import { xmlRules } from "./xml/xml-rules.ts";

/** Schema problems are listed one by one up to this number. */
const LISTED = 20;

const NAMESPACES: readonly string[] = [IMSCP_SCORM12, IMSCP_SCORM2004];

/**
 * Findings for what the schema minds. A line that a rule has already spoken about is left out, and so is everything when
 * the manifest's namespace is that of no schema: then each element would be wrong, and one finding says why.
 */
export function schemaFindings(xml: XmlReading, file: string, others: readonly Finding[]): Finding[] {
  if (!NAMESPACES.includes(xml.root.namespace)) return [];
  const findings: Finding[] = [];
  const report = reportInto(findings, xmlRules, { file });
  const spoken = new Set(others.map((finding) => finding.line));
  const unsaid = xml.problems.filter((problem) => !spoken.has(problem.line));
  const extension = unsaid.find((problem) => problem.extension);
  if (extension) report("xml.schema.extension", { detail: extension.detail }, { line: extension.line });
  const mistakes = unsaid.filter((problem) => !problem.extension);
  for (const { detail, line } of mistakes.slice(0, LISTED)) report("xml.schema", { detail }, { line });
  if (mistakes.length > LISTED) report("xml.schema.more", { count: String(mistakes.length - LISTED) });
  return findings;
}
