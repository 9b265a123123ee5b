import { useMutation, useQuery } from "@connectrpc/connect-query";
import {
  DispatchBulkViewService,
  SigningKeyViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { useInvalidate } from "../../../lib/rpc/use-invalidate.ts";
import { useRefreshDispatches } from "./dispatches.ts";

/** An operation that runs is read again this often, milliseconds. */
const REFRESH_MS = 700;

export const BULK_ACTIONS = ["enable", "disable", "reset", "generate", "delete"] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export function isOpen(state: string | undefined): boolean {
  return state === undefined || state === "waiting" || state === "running";
}

export function useBulkOperation(id: string) {
  return useQuery(
    DispatchBulkViewService.method.getBulkOperation,
    { id },
    { refetchInterval: ({ state }) => (isOpen(state.data?.operation?.state) ? REFRESH_MS : false) },
  );
}

export function useChangeBulk() {
  const onSettled = useRefreshDispatches();
  const { method } = DispatchBulkViewService;
  return {
    start: useMutation(method.startBulkOperation, { onSettled }),
    cancel: useMutation(method.cancelBulkOperation, { onSettled }),
  };
}

export function useSigningKeys() {
  return useQuery(SigningKeyViewService.method.listSigningKeys, {});
}

export function useChangeSigningKeys() {
  const invalidate = useInvalidate();
  const onSettled = () => invalidate(SigningKeyViewService);
  const { method } = SigningKeyViewService;
  return {
    rotate: useMutation(method.rotateSigningKey, { onSettled }),
    revoke: useMutation(method.revokeSigningKey, { onSettled }),
  };
}
