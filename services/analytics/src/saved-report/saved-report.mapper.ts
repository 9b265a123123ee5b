import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type ReportQuestion,
  ReportQuestionSchema,
  type SavedReport,
  SavedReportSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import type { SavedReportRow } from "./saved-report.entity.ts";

export function toSavedReport(row: SavedReportRow): SavedReport {
  const { id, name, description, view, shared, ownerId } = row;
  return create(SavedReportSchema, {
    ...{ id, name, description, view, shared, ownerId },
    question: questionOf(row),
    createTime: timestampFromDate(row.createdAt),
    updateTime: timestampFromDate(row.updatedAt),
    etag: String(row.version),
  });
}

export function questionOf({ question }: Pick<SavedReportRow, "question">): ReportQuestion {
  return fromBinary(ReportQuestionSchema, question);
}

export function questionBytes(question: ReportQuestion): Buffer {
  return Buffer.from(toBinary(ReportQuestionSchema, question));
}
