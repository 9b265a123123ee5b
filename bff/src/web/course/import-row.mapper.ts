import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  FindingSeverity,
  type Import,
  type ImportReport,
  ImportState,
  ImportVerdict,
} from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import type { ImportReportViewSchema, ImportRowSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toImportRow(from: Import): MessageInitShape<typeof ImportRowSchema> {
  return {
    id: from.id,
    state: textOfEnum(ImportState, from.state),
    source: from.source,
    bytesDone: from.progress?.bytesDone ?? 0n,
    bytesTotal: from.progress?.bytesTotal ?? 0n,
    filesDone: from.progress?.filesDone ?? 0,
    filesTotal: from.progress?.filesTotal ?? 0,
    ...(from.report && { report: toReportView(from.report) }),
    courseId: from.courseId,
    courseVersionId: from.courseVersionId,
    errorMessage: from.errorMessage,
    createTime: millisOf(from.createTime),
    endTime: millisOf(from.endTime),
    createdBy: from.createdBy,
  };
}

function toReportView(report: ImportReport): MessageInitShape<typeof ImportReportViewSchema> {
  return {
    verdict: textOfEnum(ImportVerdict, report.verdict),
    findings: report.findings.map((finding) => ({
      rule: finding.rule,
      severity: textOfEnum(FindingSeverity, finding.severity),
      message: finding.message,
      effect: finding.effect,
      fix: finding.fix,
      file: finding.file,
      line: finding.line,
      clause: finding.clause,
    })),
    standard: report.standard,
    authoringTool: report.authoringTool,
    activityCount: report.activityCount,
    fileCount: report.fileCount,
    sizeBytes: report.sizeBytes,
    durationSeconds: report.durationSeconds,
    checkedRules: report.checkedRules,
  };
}
