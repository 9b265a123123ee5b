import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import {
  DeploymentViewService,
  DispatchSessionViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** How often results are read again while a page is open, milliseconds. */
const REFRESH_MS = 5_000;
const { method } = DispatchSessionViewService;

const paged = {
  pageParamKey: "pageToken",
  getNextPageParam: (page: { readonly nextPageToken: string }) => page.nextPageToken || undefined,
  placeholderData: keepPreviousData,
  refetchInterval: REFRESH_MS,
} as const;

export const useSessions = (deploymentId: string) =>
  useInfiniteQuery(
    method.listSessions,
    { deploymentId, dispatchId: "", query: "", acknowledgement: "", pageToken: "" },
    paged,
  );

export const useSessionDetails = (id: string) => useQuery(method.getSession, { id }, { refetchInterval: REFRESH_MS });

export const useReceipts = (sessionId: string, failedOnly: boolean) =>
  useInfiniteQuery(method.listReceipts, { sessionId, failedOnly, pageToken: "" }, paged);

export const useCallbacks = (sessionId: string) =>
  useInfiniteQuery(method.listCallbacks, { sessionId, pageToken: "" }, paged);

/** What results are filtered by: search parameters of their page. */
export interface ResultFilters {
  readonly dispatch?: string | undefined;
  readonly destination?: string | undefined;
}

export const useUnacknowledged = ({ dispatch = "", destination = "" }: ResultFilters) =>
  useInfiniteQuery(
    method.listUnacknowledged,
    { dispatchId: dispatch, destinationId: destination, pageToken: "" },
    paged,
  );

export function useChangeSessions() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(DispatchSessionViewService, DeploymentViewService) };
  return {
    resend: useMutation(method.resendResult, options),
    settle: useMutation(method.settleResult, options),
    revoke: useMutation(method.revokeSession, options),
    merge: useMutation(method.mergeSessions, options),
  };
}
