import { useMutation, useQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** Settings of a course, or of the organization when `courseId` is empty. */
export function useSettings(courseId: string) {
  return useQuery(CourseViewService.method.listSettings, { courseId });
}

/** Sets and resets values; pending until the server has them. */
export function useUpdateSettings() {
  const invalidate = useInvalidate();
  return useMutation(CourseViewService.method.updateSettings, { onSuccess: () => invalidate(CourseViewService) });
}
