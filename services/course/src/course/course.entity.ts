import type { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const CourseEntity = defineEntity({
  name: "Course",
  tableName: "course",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    externalId: p.text(),
    title: p.text(),
    titleKey: p.text().persist(false),
    description: p.text(),
    tags: p.array<string>(),
    tagKeys: p.array<string>(),
    searchText: p.text(),
    archived: p.boolean(),
    currentVersionId: p.uuid().nullable(),
    standard: p.integer().$type<Standard>(),
    lastNumber: p.integer(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** Something people learn from. */
export type CourseRow = InferEntity<typeof CourseEntity>;
