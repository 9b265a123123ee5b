import { useInfiniteQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";

/** What the list is filtered and ordered by; it is the page's search parameters. */
export interface CourseFilters {
  readonly q?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly order?: "updated" | "title" | "created" | undefined;
  readonly archived?: boolean | undefined;
}

/** Courses page by page; rows of the last filter stay while the next one loads. */
export function useCourses(filters: CourseFilters) {
  return useInfiniteQuery(
    CourseViewService.method.listCourses,
    {
      query: filters.q ?? "",
      tags: [...(filters.tags ?? [])],
      order: filters.order ?? "updated",
      archived: filters.archived ?? false,
      pageSize: 50,
      pageToken: "",
    },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}
