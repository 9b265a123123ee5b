import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import type { BoardSearch } from "../../features/analytics/board/board-search.ts";
import { CourseAnalytics } from "../../features/analytics/pages/course-analytics.tsx";
import { CourseLayout } from "../../features/courses/pages/course-layout.tsx";
import { useBoardSearch } from "./use-board-search.ts";
import { useLeave } from "./use-leave.ts";

const route = getRouteApi("/o/$org/courses/$courseId/analytics");

export function CourseAnalyticsRoute() {
  const { courseId } = route.useParams();
  const search = route.useSearch();
  const leave = useLeave("courses");
  const change = useBoardSearch();
  // The course is in the path already.
  const onSearch = useCallback(({ course: _, ...next }: BoardSearch, push: boolean) => change(next, push), [change]);
  return (
    <CourseLayout courseId={courseId} onDeleted={leave}>
      {() => <CourseAnalytics courseId={courseId} search={search} onSearch={onSearch} />}
    </CourseLayout>
  );
}
