import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import {
  DestinationViewService,
  DispatchBulkViewService,
  DispatchPackageViewService,
  DispatchViewService,
  LicenceViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** How often figures are read again while a page is open, and while a first contact is waited for, milliseconds. */
const REFRESH_MS = 10_000;
const WAITING_MS = 2000;

export const STATUSES = ["active", "awaiting_contact", "expired", "limit_reached", "disabled"] as const;
export const ORDERS = ["updated", "last_launch", "name", "created"] as const;

/** What dispatches are filtered by: search parameters of their page. */
export interface DispatchFilters {
  readonly q?: string | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly course?: string | undefined;
  readonly destination?: string | undefined;
  readonly tag?: string | undefined;
  readonly order?: (typeof ORDERS)[number] | undefined;
}

const { method } = DispatchViewService;

export function useDashboard() {
  return useQuery(method.getDispatchDashboard, {}, { refetchInterval: REFRESH_MS });
}

export function useDispatches({ q, status, course, destination, tag, order }: DispatchFilters) {
  return useInfiniteQuery(
    method.listDispatches,
    {
      query: q?.trim() ?? "",
      statuses: status ? [status] : [],
      courseId: course ?? "",
      destinationId: destination ?? "",
      tag: tag ?? "",
      order: order ?? "",
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

/** Courses and destinations to choose from. */
export function useDispatchChoices() {
  return useQuery(method.listDispatchChoices, {}, { staleTime: 30_000 });
}

export function usePinnableVersions(courseId: string) {
  return useQuery(method.listPinnableVersions, { courseId }, { enabled: courseId !== "", staleTime: 30_000 });
}

/** One dispatch; read often until its first contact, so that the page turns green by itself. */
export function useDispatch(id: string) {
  return useQuery(
    method.getDispatch,
    { id },
    {
      refetchInterval: ({ state }) => (state.data?.dispatch?.status === "awaiting_contact" ? WAITING_MS : REFRESH_MS),
    },
  );
}

/** Reads everything of the dispatch pages again. */
export function useRefreshDispatches() {
  const invalidate = useInvalidate();
  return () =>
    invalidate(
      DispatchViewService,
      DestinationViewService,
      LicenceViewService,
      DispatchPackageViewService,
      DispatchBulkViewService,
    );
}

/** Changes of dispatches; what is on screen is read again afterwards. */
export function useChangeDispatches() {
  const onSettled = useRefreshDispatches();
  return {
    create: useMutation(method.createDispatch, { onSettled }),
    update: useMutation(method.updateDispatch, { onSettled }),
    setEnabled: useMutation(method.setDispatchEnabled, { onSettled }),
    remove: useMutation(method.deleteDispatch, { onSettled }),
    test: useMutation(method.createTestLaunch),
    rotate: useMutation(method.rotateCallbackSecret, { onSettled }),
  };
}
