import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { CourseViewService } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { OverviewViewService } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import type { RegistrationFilters } from "../registration-filters.ts";

/** Registrations page by page. Those that were never launched are in the list unless a filter says otherwise. */
export function useRegistrations(filters: RegistrationFilters) {
  return useInfiniteQuery(
    RegistrationViewService.method.listRegistrations,
    {
      query: filters.q ?? "",
      courseId: filters.course ?? "",
      learnerId: filters.learner ?? "",
      completions: filters.completion ? [filters.completion] : [],
      successes: filters.success ? [filters.success] : [],
      ...(filters.launched !== undefined && { launched: filters.launched }),
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

/** One registration, with one of its instances; asked again while a session is open. */
export function useRegistration(id: string, instanceId: string) {
  return useQuery(
    RegistrationViewService.method.getRegistration,
    { id, instanceId },
    {
      placeholderData: keepPreviousData,
      refetchInterval: (query) => (query.state.data?.registration?.sessionOpen ? 5000 : false),
    },
  );
}

/** Courses to choose from. */
export function useCourseChoices(query: string) {
  return useQuery(
    CourseViewService.method.listCourses,
    { query, archived: false, order: "title", pageSize: 50 },
    { placeholderData: keepPreviousData },
  );
}

/** Changes of registrations; lists and counts are read again afterwards. */
export function useChangeRegistrations() {
  const invalidate = useInvalidate();
  const options = { onSuccess: () => invalidate(RegistrationViewService, CourseViewService, OverviewViewService) };
  return {
    create: useMutation(RegistrationViewService.method.createRegistration, options),
    launch: useMutation(RegistrationViewService.method.launchRegistration),
    reset: useMutation(RegistrationViewService.method.resetRegistration, options),
    remove: useMutation(RegistrationViewService.method.deleteRegistration),
  };
}
