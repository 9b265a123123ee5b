import { useMutation } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** Changes of a course; what shows courses is read again afterwards. */
export function useChangeCourse() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(CourseViewService, OverviewViewService) };
  return {
    update: useMutation(CourseViewService.method.updateCourse, options),
    setCurrent: useMutation(CourseViewService.method.setCurrentVersion, options),
    preview: useMutation(CourseViewService.method.previewCourse),
  };
}

/** Deleting is apart: the course's own page must not read it again. */
export function useDeleteCourse() {
  return useMutation(CourseViewService.method.deleteCourse);
}
