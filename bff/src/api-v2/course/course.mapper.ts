import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { Outline, OutlineActivity } from "../../catalog/outline.ts";
import { isoOf } from "../../contract/timestamp.ts";

const STANDARDS: Readonly<Record<Standard, string>> = {
  [Standard.UNSPECIFIED]: "UNKNOWN",
  [Standard.SCORM_12]: "SCORM12",
  [Standard.SCORM_2004_2ND_EDITION]: "SCORM20042NDEDITION",
  [Standard.SCORM_2004_3RD_EDITION]: "SCORM20043RDEDITION",
  [Standard.SCORM_2004_4TH_EDITION]: "SCORM20044THEDITION",
  [Standard.AICC]: "AICC",
  [Standard.XAPI]: "XAPI",
  [Standard.CMI5]: "CMI5",
  [Standard.MEDIA]: "UNKNOWN",
};

/** What a request asked to see besides the course itself. */
export interface CourseExtras {
  readonly registrationCount?: number | undefined;
  readonly withMetadata?: boolean;
  readonly outline?: Outline | undefined;
}

/** A `CourseSchema`. @param version which version it speaks of. */
export function toCourseSchema(course: Course, version: CourseVersion | undefined, extras: CourseExtras = {}): object {
  const { registrationCount, withMetadata, outline } = extras;
  return {
    id: course.externalId,
    title: course.title,
    created: isoOf(version?.number === 1 ? course.createTime : (version?.createTime ?? course.createTime)),
    updated: isoOf(course.updateTime),
    version: version?.number ?? 0,
    ...(registrationCount !== undefined && { registrationCount }),
    courseLearningStandard: STANDARDS[version?.standard ?? Standard.UNSPECIFIED],
    tags: course.tags,
    ...(withMetadata && { metadata: { title: version?.title || course.title, description: course.description } }),
    ...(outline && { rootActivity: toRootActivity(outline) }),
  };
}

function toRootActivity(outline: Outline): object {
  return {
    itemIdentifier: outline.organizationIdentifier,
    activityType: "AGGREGATION",
    title: outline.title,
    children: outline.activities.map(toActivity),
  };
}

function toActivity({ identifier, title, launch, children }: OutlineActivity): object {
  return {
    itemIdentifier: identifier,
    activityType: launch === undefined ? "AGGREGATION" : launch.type.toUpperCase(),
    ...(launch && { href: launch.href }),
    title,
    children: children.map(toActivity),
  };
}
