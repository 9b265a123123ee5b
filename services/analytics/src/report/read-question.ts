import type { Dimension, Measure, ReportQuestion } from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { reportInvalid } from "../errors.ts";
import { type ReadPeriod, readPeriod } from "../period/read-period.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A question that can be answered. */
export interface ReadQuestion {
  readonly question: ReportQuestion;
  readonly period: ReadPeriod;
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
}

/** @throws REPORT_INVALID, FIELD_INVALID */
export function readQuestion(question: ReportQuestion | undefined, now: Date): ReadQuestion {
  const invalid = (field: string, description: string): Error =>
    reportInvalid({ field, description }, `${field}: ${description}`);
  if (question === undefined) throw invalid("question", "is missing");
  const { lastDays, measures, dimensions, sort } = question;
  if (measures.length === 0) throw invalid("question.measures", "must name at least one");
  if (!question.period && lastDays === 0) throw invalid("question.period", "is missing, and so is last_days");
  const columns = dimensions.length + measures.length;
  if (sort >= columns || -sort > columns) throw invalid("question.sort", `there are ${columns} columns`);
  const period = readPeriod(
    lastDays > 0
      ? {
          $typeName: "coursemesh.analytics.v1.Period",
          step: question.period?.step ?? 0,
          timeZone: question.period?.timeZone ?? "",
          startTime: {
            $typeName: "google.protobuf.Timestamp",
            seconds: seconds(now.getTime() - lastDays * DAY),
            nanos: 0,
          },
        }
      : question.period,
    now,
  );
  return { question, period, dimensions, measures };
}

const seconds = (ms: number): bigint => BigInt(Math.floor(ms / 1000));
