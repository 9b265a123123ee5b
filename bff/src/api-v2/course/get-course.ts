import { PackageService } from "@coursemesh/proto/coursemesh/content/v1/package_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { readOutline } from "../../catalog/outline.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { toCourseSchema } from "./course.mapper.ts";
import { findCourse } from "./find-course.ts";

/** `GET /courses/{courseId}` */
export function getCourse({ clients, logger }: ApiDeps): Operation {
  return async ({ params, query }) => {
    const course = await findCourse(clients, params.courseId ?? "");
    const version = course.currentVersion;
    const counting = query.flag("includeRegistrationCount");
    const [summary, found] = await Promise.all([
      counting
        ? clients.of(RegistrationService).summarizeRegistrations({ filter: { courseId: course.id } })
        : undefined,
      version && optionalPart("outline", clients.of(PackageService).getPackage({ id: version.packageId }), logger),
    ]);
    const body = toCourseSchema(course, version, {
      registrationCount: summary && Number(summary.total?.registrations ?? 0n),
      withMetadata: query.flag("includeCourseMetadata"),
      outline: readOutline(found?.package?.outlineJson ?? ""),
    });
    return { status: 200, body };
  };
}
