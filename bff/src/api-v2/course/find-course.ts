import { Code, ConnectError } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";

/** The course an API client calls `courseId`: our external id. @throws COURSE_NOT_FOUND */
export async function findCourse(clients: Clients, courseId: string): Promise<Course> {
  const { course } = await clients.of(CourseService).getCourse({ by: { case: "externalId", value: courseId } });
  if (course === undefined) throw serviceError(Code.NotFound, "COURSE_NOT_FOUND", "no such course", { id: courseId });
  return course;
}

/** The same, undefined instead of an error when it is not there. */
export async function findCourseIfThere(clients: Clients, courseId: string): Promise<Course | undefined> {
  try {
    return await findCourse(clients, courseId);
  } catch (error) {
    if (error instanceof ConnectError && error.code === Code.NotFound) return undefined;
    throw error;
  }
}
