import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import {
  DeploymentViewService,
  DispatchSessionViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** How often what happens in customers' LMSs is read again while a page is open, milliseconds. */
const REFRESH_MS = 10_000;

export const STATUSES = ["active", "suspended", "expired"] as const;
export const TROUBLES = ["mismatch", "refused", "old_launcher"] as const;

/** What deployments are filtered by: search parameters of their page. */
export interface DeploymentFilters {
  readonly q?: string | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly trouble?: (typeof TROUBLES)[number] | undefined;
  readonly dispatch?: string | undefined;
  readonly destination?: string | undefined;
}

export function useDeployments(filters: DeploymentFilters) {
  return useInfiniteQuery(
    DeploymentViewService.method.listDeployments,
    {
      query: filters.q ?? "",
      status: filters.status ?? "",
      trouble: filters.trouble ?? "",
      dispatchId: filters.dispatch ?? "",
      destinationId: filters.destination ?? "",
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

export const useDeployment = (id: string) =>
  useQuery(DeploymentViewService.method.getDeployment, { id }, { refetchInterval: REFRESH_MS });

export function useChangeDeployments() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(DeploymentViewService, DispatchSessionViewService) };
  return {
    suspend: useMutation(DeploymentViewService.method.setDeploymentSuspended, options),
    note: useMutation(DeploymentViewService.method.setDeploymentNotes, options),
  };
}
