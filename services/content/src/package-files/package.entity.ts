import type { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** A package that was read. Its files are rows of `package_file`. */
export const PackageEntity = defineEntity({
  name: "Package",
  tableName: "package",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    importId: p.uuid(),
    /** False while its bytes are on their way to the blob store. */
    ready: p.boolean(),
    /** JSON of `CourseOutline`. */
    outline: p.text(),
    standard: p.integer().$type<Standard>(),
    title: p.text(),
    fileCount: p.integer(),
    sizeBytes: p.bigint("number"),
    createTime: p.datetime(),
  },
});

export type PackageRow = InferEntity<typeof PackageEntity>;
