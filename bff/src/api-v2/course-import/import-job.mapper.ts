import { FindingSeverity, type Import, ImportState } from "@coursemesh/proto/coursemesh/content/v1/import_pb.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { toCourseSchema } from "../course/course.mapper.ts";

/** An `ImportJobResultSchema`. @param course what it made, once it is complete. */
export function toImportJobResult(job: Import, course: Course | undefined): object {
  const parserWarnings = (job.report?.findings ?? [])
    .filter((finding) => finding.severity !== FindingSeverity.NOTE)
    .map(({ message, file, line, rule }) => `${message} (${[file, line || "", rule].filter(Boolean).join(":")})`);
  switch (job.state) {
    case ImportState.COMPLETE:
      return {
        jobId: job.id,
        status: "COMPLETE",
        message: "Import completed successfully",
        importResult: {
          parserWarnings,
          courseLanguages: [],
          ...(course && { course: toCourseSchema(course, course.currentVersion) }),
        },
      };
    case ImportState.FAILED:
    case ImportState.CANCELED:
      return {
        jobId: job.id,
        status: "ERROR",
        message: job.errorMessage || "the import was stopped",
        importResult: { parserWarnings, courseLanguages: [] },
      };
    default:
      return { jobId: job.id, status: "RUNNING", message: "The import is under way" };
  }
}
