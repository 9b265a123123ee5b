import { fromBinary } from "@bufbuild/protobuf";
import type { Subscription } from "@coursemesh/platform/events/event-bus.ts";
import { CourseDeletedSchema, CourseVersionDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type { PackageRepository } from "./package.repository.ts";

/** Packages go with the course, or the version, that they were made for. Deleting twice is harmless, so no event has to be remembered. */
export function deleteWithCourse(packages: PackageRepository): Subscription {
  return {
    group: "content",
    types: [CourseDeletedSchema.typeName, CourseVersionDeletedSchema.typeName],
    async handle({ type, organizationId, payload }) {
      const bytes = payload?.value ?? new Uint8Array();
      const ids =
        type === CourseDeletedSchema.typeName
          ? fromBinary(CourseDeletedSchema, bytes).packageIds
          : [fromBinary(CourseVersionDeletedSchema, bytes).packageId];
      for (const id of ids) if (id !== "") await packages.remove(organizationId, id);
    },
  };
}
