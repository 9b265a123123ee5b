import { useInfiniteQuery, useMutation } from "@connectrpc/connect-query";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

export function useMembers(query: string) {
  return useInfiniteQuery(
    PeopleViewService.method.listMembers,
    { query, pageSize: 50, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

export function useLearners(query: string) {
  return useInfiniteQuery(
    PeopleViewService.method.listLearners,
    { query, pageSize: 50, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

export function useChangeMembers() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(PeopleViewService) };
  return {
    create: useMutation(PeopleViewService.method.createMember, options),
    update: useMutation(PeopleViewService.method.updateMember, options),
  };
}
