import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type CourseVersion, CourseVersionSchema } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { CourseVersionRow } from "./course-version.entity.ts";

/** @param currentVersionId which version of the course is current. */
export function toCourseVersion(row: CourseVersionRow, currentVersionId: string | null | undefined): CourseVersion {
  return create(CourseVersionSchema, {
    id: row.id,
    courseId: row.courseId,
    number: row.number,
    packageId: row.packageId,
    standard: row.standard,
    title: row.title,
    activityCount: row.activityCount,
    sizeBytes: row.sizeBytes,
    fileCount: row.fileCount,
    findingCount: row.findingCount,
    importId: row.importId,
    note: row.note,
    createdBy: row.createdBy,
    createTime: timestampFromDate(row.createdAt),
    current: row.id === currentVersionId,
  });
}
