import { useQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";

/** One course with versions, outline and counts. */
export function useCourse(id: string) {
  return useQuery(CourseViewService.method.getCourse, { id });
}
