import { useInfiniteQuery, useMutation } from "@connectrpc/connect-query";
import { PersonDeletionViewService } from "@coursemesh/proto/coursemesh/web/v1/person_deletion_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

const UNDER_WAY: ReadonlySet<string> = new Set(["waiting", "running"]);

/** Deletions, newest first; read again while one is under way. */
export function usePersonDeletions() {
  return useInfiniteQuery(
    PersonDeletionViewService.method.listPersonDeletions,
    { pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: (query) =>
        query.state.data?.pages.some(({ deletions }) => deletions.some(({ state }) => UNDER_WAY.has(state)))
          ? 3000
          : false,
    },
  );
}

export function useChangePersonDeletions() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(PersonDeletionViewService) };
  return {
    create: useMutation(PersonDeletionViewService.method.createPersonDeletion, options),
    cancel: useMutation(PersonDeletionViewService.method.cancelPersonDeletion, options),
  };
}
