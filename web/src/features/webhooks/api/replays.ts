import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import {
  WebhookDeliveryViewService,
  WebhookReplayViewService,
} from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** A replay that runs is read again this often, milliseconds. */
const REFRESH_MS = 1500;

const isOpen = (state: string | undefined) => state === "waiting" || state === "running";

export function useReplays(endpointId: string) {
  return useInfiniteQuery(
    WebhookReplayViewService.method.listReplays,
    { endpointId, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ replays }) => replays.some((replay) => isOpen(replay.state))) ? REFRESH_MS : false,
    },
  );
}

export function useReplay(id: string) {
  return useQuery(
    WebhookReplayViewService.method.getReplay,
    { id },
    { refetchInterval: ({ state }) => (isOpen(state.data?.replay?.state) ? REFRESH_MS : false) },
  );
}

export function useChangeReplays() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(WebhookReplayViewService, WebhookDeliveryViewService) };
  return {
    estimate: useMutation(WebhookReplayViewService.method.estimateReplay),
    create: useMutation(WebhookReplayViewService.method.createReplay, options),
    cancel: useMutation(WebhookReplayViewService.method.cancelReplay, options),
  };
}
