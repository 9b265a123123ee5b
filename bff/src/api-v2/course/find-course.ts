import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Course, CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { ifThere } from "../if-there.ts";

/** The course an API client calls `courseId`: our external id. @throws COURSE_NOT_FOUND */
export async function findCourse(clients: Clients, courseId: string): Promise<Course> {
  const { course } = await clients.of(CourseService).getCourse({ by: { case: "externalId", value: courseId } });
  if (course === undefined) throw serviceError(Code.NotFound, "COURSE_NOT_FOUND", "no such course", { id: courseId });
  return course;
}

/** The same, undefined instead of an error when it is not there. */
export const findCourseIfThere = (clients: Clients, courseId: string): Promise<Course | undefined> =>
  ifThere(findCourse(clients, courseId));
