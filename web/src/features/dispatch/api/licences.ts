import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { LicenceViewService } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useRefreshDispatches } from "./dispatches.ts";

const REFRESH_MS = 10_000;

export const LICENCE_STATUSES = ["active", "scheduled", "limit_reached", "expired", "disabled"] as const;
export type LicenceScope = "dispatch" | "destination";

/** What licences are filtered by: search parameters of their page. */
export interface LicenceFilters {
  readonly scope?: LicenceScope | undefined;
  readonly status?: (typeof LICENCE_STATUSES)[number] | undefined;
  readonly destination?: string | undefined;
}

const { method } = LicenceViewService;

export function useLicences({ scope, status, destination }: LicenceFilters) {
  return useInfiniteQuery(
    method.listLicences,
    {
      scope: scope ?? "dispatch",
      destinationId: destination ?? "",
      statuses: status ? [status] : [],
      pageToken: "",
    },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: REFRESH_MS,
    },
  );
}

export function useLicence(scope: LicenceScope, id: string) {
  return useQuery(method.getLicence, { scope, id }, { refetchInterval: REFRESH_MS });
}

export function useChangeLicences() {
  const onSettled = useRefreshDispatches();
  return {
    setTerms: useMutation(method.setTerms, { onSettled }),
    reset: useMutation(method.resetUsage, { onSettled }),
    release: useMutation(method.releaseSeat, { onSettled }),
  };
}
