import { createClient } from "@connectrpc/connect";
import { useInfiniteQuery, useMutation, useQuery, useTransport } from "@connectrpc/connect-query";
import {
  WebhookDeliveryViewService,
  WebhookEndpointViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { type DeliveryFilters, toDeliveryQuery } from "../delivery/delivery-filters.ts";

/** A delivery that may still change is read again this often, milliseconds. */
const REFRESH_MS = 2000;
/** Pause before a broken watch is opened again, milliseconds. */
const WATCH_PAUSE_MS = 2000;

export function useDeliveries(filters: DeliveryFilters) {
  return useInfiniteQuery(
    WebhookDeliveryViewService.method.listDeliveries,
    { ...toDeliveryQuery(filters), pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
    },
  );
}

export function useDelivery(id: string) {
  return useQuery(
    WebhookDeliveryViewService.method.getDelivery,
    { id },
    {
      refetchInterval: ({ state }) => {
        const now = state.data?.delivery?.state ?? "";
        return ["queued", "retrying", "held"].includes(now) ? REFRESH_MS : false;
      },
    },
  );
}

export function useChangeDeliveries() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(WebhookDeliveryViewService, WebhookEndpointViewService) };
  return {
    resend: useMutation(WebhookDeliveryViewService.method.resendDelivery, options),
    cancel: useMutation(WebhookDeliveryViewService.method.cancelDelivery, options),
  };
}

/** How many deliveries changed since the list was read; rows never jump by themselves. */
export function useChangedDeliveries(endpointId: string): { readonly count: number; readonly show: () => void } {
  const transport = useTransport();
  const invalidate = useInvalidate();
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const stop = new AbortController();
    const client = createClient(WebhookDeliveryViewService, transport);
    const watch = async () => {
      while (!stop.signal.aborted) {
        try {
          for await (const { ids } of client.watchDeliveries({ endpointId }, { signal: stop.signal }))
            if (ids.length > 0) setChanged((present) => new Set([...present, ...ids]));
        } catch {
          // The list itself says what is wrong; the watch only tries again.
          if (!stop.signal.aborted) await new Promise((done) => setTimeout(done, WATCH_PAUSE_MS));
        }
      }
    };
    void watch();
    return () => {
      stop.abort();
      setChanged(new Set());
    };
  }, [endpointId, transport]);
  return {
    count: changed.size,
    show: () => {
      setChanged(new Set());
      void invalidate(WebhookDeliveryViewService);
    },
  };
}
