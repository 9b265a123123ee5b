import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";

/** A version by its number, as API clients name it. @throws COURSE_VERSION_NOT_FOUND */
export async function findCourseVersion(clients: Clients, course: Course, number: string): Promise<CourseVersion> {
  for await (const version of allVersions(clients, course.id)) if (String(version.number) === number) return version;
  throw serviceError(Code.NotFound, "COURSE_VERSION_NOT_FOUND", "no such version of this course", { id: number });
}

/** Every version of a course, newest first. */
export async function* allVersions(clients: Clients, courseId: string): AsyncGenerator<CourseVersion> {
  const versions = clients.of(CourseVersionService);
  let pageToken = "";
  do {
    const { courseVersions, page } = await versions.listCourseVersions({
      courseId,
      page: { pageSize: 500, pageToken },
    });
    yield* courseVersions;
    pageToken = page?.nextPageToken ?? "";
  } while (pageToken !== "");
}
