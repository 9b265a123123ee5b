import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import type { ApiDeps } from "../api-deps.ts";
import { toCourseSchema } from "../course/course.mapper.ts";
import { findCourse } from "../course/find-course.ts";
import { within } from "../list-filter.ts";
import { allVersions, findCourseVersion } from "./find-course-version.ts";

/** `GET /courses/{courseId}/versions` */
export function getCourseVersions({ clients }: ApiDeps): Operation {
  return async ({ params, query }) => {
    const since = query.time("since");
    const until = query.time("until");
    const course = await findCourse(clients, params.courseId ?? "");
    const shown: CourseVersion[] = [];
    for await (const version of allVersions(clients, course.id))
      if ((!since && !until) || within(version.createTime, since, until)) shown.push(version);
    const courses = await Promise.all(
      shown.map(async (version) => toCourseSchema(course, version, await extrasOf(clients, query, version.id))),
    );
    return { status: 200, body: { courses } };
  };
}

/** `GET /courses/{courseId}/versions/{versionId}` */
export function getCourseVersion({ clients }: ApiDeps): Operation {
  return async ({ params, query }) => {
    const course = await findCourse(clients, params.courseId ?? "");
    const version = await findCourseVersion(clients, course, params.versionId ?? "");
    return { status: 200, body: toCourseSchema(course, version, await extrasOf(clients, query, version.id)) };
  };
}

async function extrasOf(clients: Clients, query: QueryParameters, courseVersionId: string) {
  const withMetadata = query.flag("includeCourseMetadata");
  if (!query.flag("includeRegistrationCount")) return { withMetadata };
  const { total } = await clients.of(RegistrationService).summarizeRegistrations({ filter: { courseVersionId } });
  return { withMetadata, registrationCount: Number(total?.registrations ?? 0n) };
}
