import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourse } from "./find-course.ts";

/** `DELETE /courses/{courseId}` */
export function deleteCourse({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findCourse(clients, params.courseId ?? "");
    await clients.of(CourseService).deleteCourse({ id });
    return { status: 204 };
  };
}
