import type { ImportReportView, ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";

/** The report as text for the people who made the package: no names, no addresses of this installation. */
export function vendorText(row: ImportRow, report: ImportReportView): string {
  const head = [
    `Package: ${row.source}`,
    `Standard: ${report.standard || "not detected"}`,
    `Authoring tool: ${report.authoringTool || "not detected"}`,
    `Verdict: ${report.verdict.replaceAll("_", " ")}`,
  ];
  const findings = report.findings.map((finding, index) => {
    const place = finding.file ? `   at ${finding.file}${finding.line > 0 ? `:${finding.line}` : ""}` : "";
    const lines = [
      `${index + 1}. [${finding.severity}] ${finding.message}`,
      place,
      finding.effect && `   Effect: ${finding.effect}`,
      finding.fix && `   Fix: ${finding.fix}`,
      `   Rule: ${finding.rule}${finding.clause ? ` (${finding.clause})` : ""}`,
    ];
    return lines.filter(Boolean).join("\n");
  });
  return [...head, "", ...(findings.length > 0 ? findings : ["No problems found."])].join("\n");
}
