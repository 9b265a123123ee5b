import { useMutation, useQuery } from "@connectrpc/connect-query";
import { LrsConnectionViewService } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { PeopleViewService } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";

export function useConnection() {
  return useQuery(LrsConnectionViewService.method.getConnection, {});
}

/** Changes of a key's limits. */
export function useChangeLimits() {
  const invalidate = useInvalidate();
  const options = { onSettled: () => invalidate(LrsConnectionViewService) };
  return {
    set: useMutation(LrsConnectionViewService.method.setKeyLimit, options),
    reset: useMutation(LrsConnectionViewService.method.deleteKeyLimit, options),
  };
}

/** Reads keys again after one was made here. */
export function useKeysChanged(): () => void {
  const invalidate = useInvalidate();
  return () => void invalidate(LrsConnectionViewService, PeopleViewService);
}
