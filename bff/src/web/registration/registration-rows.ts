import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Registration } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { RegistrationRowSchema } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import type { CourseDirectory } from "../../catalog/course-directory.ts";
import { toRegistrationRow } from "./registration-row.mapper.ts";

/** Registrations as rows, with the titles and version numbers of their courses in one look-up. */
export async function registrationRows(
  registrations: readonly Registration[],
  directory: CourseDirectory,
): Promise<MessageInitShape<typeof RegistrationRowSchema>[]> {
  const referenceOf = ({ courseId, instance }: Registration) => ({
    courseId,
    courseVersionId: instance?.courseVersionId ?? "",
  });
  const courseOf = await directory.find(registrations.map(referenceOf));
  return registrations.map((registration) => toRegistrationRow(registration, courseOf(referenceOf(registration))));
}
