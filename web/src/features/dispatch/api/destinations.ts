import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { DestinationViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useRefreshDispatches } from "./dispatches.ts";

const REFRESH_MS = 10_000;
const DAY_MS = 24 * 3_600_000;
/** Who was not heard of for so many days is silent. */
export const SILENT_DAYS = 30;

/** What destinations are filtered by: search parameters of their page. */
export interface DestinationFilters {
  readonly q?: string | undefined;
  readonly state?: "active" | "paused" | undefined;
  readonly silent?: boolean | undefined;
}

const { method } = DestinationViewService;

export function useDestinations({ q, state, silent }: DestinationFilters) {
  // To the day, so that the question stays the same and its answer is found again.
  const silentSince = silent ? BigInt((Math.floor(Date.now() / DAY_MS) - SILENT_DAYS) * DAY_MS) : 0n;
  return useInfiniteQuery(
    method.listDestinations,
    { query: q?.trim() ?? "", state: state ?? "", silentSince, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: REFRESH_MS,
    },
  );
}

export function useDestination(id: string) {
  return useQuery(method.getDestination, { id }, { refetchInterval: REFRESH_MS });
}

export function useChangeDestinations() {
  const onSettled = useRefreshDispatches();
  return {
    create: useMutation(method.createDestination, { onSettled }),
    update: useMutation(method.updateDestination, { onSettled }),
    setEnabled: useMutation(method.setDestinationEnabled, { onSettled }),
    remove: useMutation(method.deleteDestination, { onSettled }),
    share: useMutation(method.createReportLink, { onSettled }),
    unshare: useMutation(method.deleteReportLink, { onSettled }),
  };
}
