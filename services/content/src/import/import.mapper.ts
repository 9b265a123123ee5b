import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Finding as FindingMessage,
  FindingSchema,
  FindingSeverity,
  type Import,
  ImportProgressSchema,
  ImportReportSchema,
  ImportSchema,
  ImportState,
  ImportVerdict,
  type ImportReport as ReportMessage,
} from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import type { Finding } from "@coursemesh/scorm/manifest/finding.ts";
import type { ImportReport } from "../package/import-report.ts";
import type { ImportRow, ImportStateName } from "./import.entity.ts";

const STATES: Readonly<Record<ImportStateName, ImportState>> = {
  queued: ImportState.QUEUED,
  fetching: ImportState.FETCHING,
  reading: ImportState.READING,
  publishing: ImportState.PUBLISHING,
  complete: ImportState.COMPLETE,
  failed: ImportState.FAILED,
  canceled: ImportState.CANCELED,
};
const NAMES = new Map(Object.entries(STATES).map(([name, state]) => [state, name as ImportStateName]));
const VERDICTS = {
  ready: ImportVerdict.READY,
  ready_with_notes: ImportVerdict.READY_WITH_NOTES,
  not_playable: ImportVerdict.NOT_PLAYABLE,
} as const;
const SEVERITIES = {
  note: FindingSeverity.NOTE,
  warning: FindingSeverity.WARNING,
  error: FindingSeverity.ERROR,
} as const;

/** The database's name of a state, undefined for UNSPECIFIED and unknown ones. */
export function stateName(state: ImportState): ImportStateName | undefined {
  return NAMES.get(state);
}

/** An import as the contract shows it. */
export function toImport(row: ImportRow): Import {
  const complete = row.state === "complete";
  return create(ImportSchema, {
    id: row.id,
    state: STATES[row.state],
    source: row.source,
    progress: create(ImportProgressSchema, {
      bytesDone: BigInt(row.bytesDone),
      bytesTotal: BigInt(row.bytesTotal),
      filesDone: row.filesDone,
      filesTotal: row.filesTotal,
    }),
    ...(row.report ? { report: toReport(JSON.parse(row.report) as ImportReport) } : {}),
    courseId: row.madeCourseId ?? "",
    courseVersionId: row.courseVersionId ?? "",
    packageId: complete ? row.packageId : "",
    errorMessage: row.errorMessage,
    errorReason: row.errorReason,
    createTime: timestampFromDate(row.createTime),
    ...(row.endTime ? { endTime: timestampFromDate(row.endTime) } : {}),
    createdBy: row.createdBy,
  });
}

/** A report as the contract shows it. */
export function toReport(report: ImportReport): ReportMessage {
  return create(ImportReportSchema, {
    verdict: VERDICTS[report.verdict],
    findings: report.findings.map(toFinding),
    standard: report.standardName ?? "",
    authoringTool: [report.tool?.name, report.tool?.version].filter(Boolean).join(" ").toWellFormed(),
    activityCount: report.activities,
    fileCount: report.files,
    sizeBytes: BigInt(report.bytes),
    durationSeconds: report.durationMs / 1000,
    checkedRules: [...report.checks],
  });
}

/** Hostile names may be cut in the middle of a character, which no protobuf string can carry. */
function toFinding(finding: Finding): FindingMessage {
  return create(FindingSchema, {
    rule: finding.rule,
    severity: SEVERITIES[finding.severity],
    message: finding.title.toWellFormed(),
    effect: finding.meaning.toWellFormed(),
    fix: finding.fix.toWellFormed(),
    file: (finding.file ?? "").toWellFormed(),
    line: finding.line ?? 0,
    clause: finding.clause ?? "",
  });
}
