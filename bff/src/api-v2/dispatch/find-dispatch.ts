import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";

/** The dispatch an API client calls `dispatchId`: our external id. @throws DISPATCH_NOT_FOUND */
export async function findDispatch(clients: Clients, dispatchId: string): Promise<Dispatch> {
  const { dispatch } = await clients.of(DispatchService).getDispatch({ by: { case: "externalId", value: dispatchId } });
  if (dispatch === undefined)
    throw serviceError(Code.NotFound, "DISPATCH_NOT_FOUND", "no such dispatch", { id: dispatchId });
  return dispatch;
}
