import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findCourse } from "./find-course.ts";

const titleSchema = z.object({ title: z.string().min(1) });

/** `PUT /courses/{courseId}/title` */
export function setCourseTitle({ clients }: ApiDeps): Operation {
  return async ({ params, body }) => {
    const { title } = readBody(titleSchema, body);
    const { id } = await findCourse(clients, params.courseId ?? "");
    await clients.of(CourseService).updateCourse({ course: { id, title }, updateMask: { paths: ["title"] } });
    return { status: 204 };
  };
}
