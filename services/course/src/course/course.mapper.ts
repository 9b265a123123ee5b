import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Course, CourseSchema } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { CourseVersionRow } from "../course-version/course-version.entity.ts";
import { toCourseVersion } from "../course-version/course-version.mapper.ts";
import type { CourseRow } from "./course.entity.ts";

/** @param current the row's current version, if it was read. */
export function toCourse(row: CourseRow, current: CourseVersionRow | undefined): Course {
  return create(CourseSchema, {
    id: row.id,
    externalId: row.externalId,
    title: row.title,
    description: row.description,
    tags: row.tags,
    ...(current && { currentVersion: toCourseVersion(current, row.currentVersionId) }),
    archived: row.archived,
    createTime: timestampFromDate(row.createdAt),
    updateTime: timestampFromDate(row.updatedAt),
    etag: String(row.version),
  });
}
