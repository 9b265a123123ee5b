import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { errors } from "../errors.ts";

/** A course of the organization. @throws COURSE_NOT_FOUND */
export async function requireCourse(clients: Clients, tenantId: string, id: string): Promise<Course> {
  const request = { by: { case: "id" as const, value: id } };
  const answer = await missingAs("COURSE_NOT_FOUND", () =>
    runAs(serviceCaller("dispatch", tenantId), () => clients.of(CourseService).getCourse(request)),
  );
  if (answer?.course === undefined) throw errors.courseNotFound({ id });
  return answer.course;
}

/** Checks that a version belongs to a course. @throws COURSE_VERSION_NOT_FOUND */
export async function requireVersionOf(
  clients: Clients,
  tenantId: string,
  courseId: string,
  id: string,
): Promise<void> {
  const answer = await missingAs("COURSE_VERSION_NOT_FOUND", () =>
    runAs(serviceCaller("dispatch", tenantId), () => clients.of(CourseVersionService).getCourseVersion({ id })),
  );
  if (answer?.courseVersion?.courseId !== courseId) throw errors.courseVersionNotFound({ id });
}

/** What a call answers; undefined when it was refused for this reason. */
async function missingAs<T>(reason: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (reasonOf(error) === reason) return undefined;
    throw error;
  }
}
