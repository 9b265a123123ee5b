import { useInfiniteQuery, useMutation, useQuery } from "@connectrpc/connect-query";
import { PipeViewService } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { keepPreviousData } from "@tanstack/react-query";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

/** How often progress is read again while the page is open, milliseconds. */
const REFRESH_MS = 3000;

export function usePipes() {
  return useQuery(PipeViewService.method.listPipes, {}, { refetchInterval: REFRESH_MS });
}

/** One pipe with its dead letters, page by page. */
export function usePipe(id: string) {
  return useInfiniteQuery(
    PipeViewService.method.getPipe,
    { id, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: (page) => page.nextPageToken || undefined,
      placeholderData: keepPreviousData,
      refetchInterval: REFRESH_MS,
    },
  );
}

/** Changes of pipes; lists are read again afterwards. */
export function useChangePipes() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(PipeViewService) };
  const { method } = PipeViewService;
  return {
    create: useMutation(method.createPipe, options),
    update: useMutation(method.updatePipe, options),
    remove: useMutation(method.deletePipe, options),
    pause: useMutation(method.pausePipe, options),
    resume: useMutation(method.resumePipe, options),
    test: useMutation(method.testPipe),
    retry: useMutation(method.retryDeadLetters, options),
    forget: useMutation(method.deleteDeadLetters, options),
  };
}
