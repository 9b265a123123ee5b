import type { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const CourseVersionEntity = defineEntity({
  name: "CourseVersion",
  tableName: "course_version",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    courseId: p.uuid(),
    number: p.integer(),
    packageId: p.uuid(),
    standard: p.integer().$type<Standard>(),
    title: p.text(),
    activityCount: p.integer(),
    sizeBytes: p.bigint("bigint"),
    fileCount: p.integer(),
    findingCount: p.integer(),
    importId: p.text(),
    note: p.text(),
    createdBy: p.text(),
    createdAt: p.datetime(),
  },
});

/** One package as a course offered it; never changed. */
export type CourseVersionRow = InferEntity<typeof CourseVersionEntity>;
