import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { RegistrationSummary } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type {
  CourseRowSchema,
  StatusCountsSchema,
  VersionRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";

const STANDARDS: Readonly<Record<Standard, string>> = {
  [Standard.UNSPECIFIED]: "",
  [Standard.SCORM_12]: "SCORM 1.2",
  [Standard.SCORM_2004_2ND_EDITION]: "SCORM 2004 2nd Edition",
  [Standard.SCORM_2004_3RD_EDITION]: "SCORM 2004 3rd Edition",
  [Standard.SCORM_2004_4TH_EDITION]: "SCORM 2004 4th Edition",
  [Standard.AICC]: "AICC",
  [Standard.XAPI]: "xAPI",
  [Standard.CMI5]: "cmi5",
  [Standard.MEDIA]: "Media",
};

function standardText(standard: Standard | undefined): string {
  return STANDARDS[standard ?? Standard.UNSPECIFIED] ?? "";
}

/** @param summary absent when registrations could not be read: the row then has no counts, which is not the same as zero. */
export function toCourseRow(
  course: Course,
  summary: RegistrationSummary | undefined,
): MessageInitShape<typeof CourseRowSchema> {
  const version = course.currentVersion;
  return {
    id: course.id,
    externalId: course.externalId,
    title: course.title,
    standard: standardText(version?.standard),
    versionNumber: version?.number ?? 0,
    versionId: version?.id ?? "",
    tags: course.tags,
    archived: course.archived,
    findingCount: version?.findingCount ?? 0,
    ...(summary && { counts: toStatusCounts(summary) }),
    lastLaunchTime: millisOf(summary?.lastLaunchTime),
    updateTime: millisOf(course.updateTime),
    createTime: millisOf(course.createTime),
  };
}

export function toStatusCounts(summary: RegistrationSummary): MessageInitShape<typeof StatusCountsSchema> {
  return {
    registrations: summary.registrations,
    notLaunched: summary.notLaunched,
    incomplete: summary.incomplete,
    complete: summary.complete,
    passed: summary.passed,
    failed: summary.failed,
    completeWithoutVerdict: summary.completeWithoutVerdict,
    incompleteWithoutVerdict: summary.incompleteWithoutVerdict,
    sessionsOpen: summary.sessionsOpen,
    launches30d: summary.launches30d,
  };
}

/** @param learners registrations whose current instance is on this version. */
export function toVersionRow(version: CourseVersion, learners: bigint): MessageInitShape<typeof VersionRowSchema> {
  return {
    id: version.id,
    number: version.number,
    current: version.current,
    standard: standardText(version.standard),
    title: version.title,
    activityCount: version.activityCount,
    sizeBytes: version.sizeBytes,
    fileCount: version.fileCount,
    findingCount: version.findingCount,
    importId: version.importId,
    note: version.note,
    createdBy: version.createdBy,
    createTime: millisOf(version.createTime),
    learnerCount: learners,
  };
}
