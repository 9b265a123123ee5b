import { useInfiniteQuery, useQuery } from "@connectrpc/connect-query";
import { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { keepPreviousData, skipToken } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

/** Calls that are loaded without asking; more come on demand. */
const EAGER = 5000;

/** All calls of one try, in their order. `following` asks again while a session is open. */
export function useCalls(registrationId: string, instanceId: string, following: boolean) {
  const query = useInfiniteQuery(
    RegistrationViewService.method.listCalls,
    { registrationId, instanceId, pageSize: 500, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      refetchInterval: following ? 4000 : false,
    },
  );
  const calls = useMemo(() => query.data?.pages.flatMap((page) => page.calls), [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  const wanting = hasNextPage && !isFetchingNextPage && !isError && (calls?.length ?? 0) < EAGER;
  useEffect(() => {
    if (wanting) void fetchNextPage();
  }, [wanting, fetchNextPage]);
  return { query, calls, total: Number(query.data?.pages[0]?.total ?? 0n) };
}

/** The state right after a call; the last one stays while the next is computed. */
export function useStateAt(
  registrationId: string,
  instanceId: string,
  call: { readonly launchId: string; readonly seq: number } | undefined,
) {
  return useQuery(
    RegistrationViewService.method.getStateAt,
    call ? { registrationId, instanceId, launchId: call.launchId, seq: call.seq } : skipToken,
    { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
  );
}
