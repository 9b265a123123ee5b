import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { EventViewService } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import {
  WebhookDeliveryViewService,
  WebhookEndpointViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** How often figures are read again while a page is open, milliseconds. */
const REFRESH_MS = 4000;

/** What endpoints are filtered by: search parameters of their page. */
export interface EndpointFilters {
  readonly q?: string | undefined;
  readonly status?: "active" | "failing" | "disabled" | "suspended" | undefined;
  /** Also those of courses, registrations and dispatches. */
  readonly owned?: boolean | undefined;
}

export function useEndpoints(filters: EndpointFilters) {
  return useInfiniteQuery(
    WebhookEndpointViewService.method.listEndpoints,
    {
      query: filters.q?.trim() ?? "",
      status: filters.status ?? "",
      eventType: "",
      withOwned: filters.owned ?? false,
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

export function useEndpoint(id: string) {
  return useQuery(WebhookEndpointViewService.method.getEndpoint, { id }, { refetchInterval: REFRESH_MS });
}

/** Types and courses that filters are chosen from. */
export function useChoices() {
  return useQuery(EventViewService.method.getEventCatalogue, {}, { staleTime: 60_000 });
}

/** Changes of endpoints; what is on screen is read again afterwards. */
export function useChangeEndpoints() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(WebhookEndpointViewService, WebhookDeliveryViewService) };
  const { method } = WebhookEndpointViewService;
  return {
    create: useMutation(method.createEndpoint, options),
    update: useMutation(method.updateEndpoint, options),
    remove: useMutation(method.deleteEndpoint, options),
    enable: useMutation(method.enableEndpoint, options),
    disable: useMutation(method.disableEndpoint, options),
    test: useMutation(method.testEndpoint, options),
    testAddress: useMutation(method.testAddress),
    rotate: useMutation(method.rotateSecret, options),
    endSecret: useMutation(method.deleteSecret, options),
  };
}
