import { DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestination } from "../destination/find-destination.ts";
import { dispatchesMeant, dispatchesOf } from "./each-dispatch.ts";
import { findDispatch } from "./find-dispatch.ts";

/** `DELETE /dispatch/dispatches/{dispatchId}` */
export function deleteDispatch({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDispatch(clients, params.dispatchId ?? "");
    await clients.of(DispatchService).deleteDispatch({ id });
    return { status: 204 };
  };
}

/** `DELETE /dispatch/dispatches`: all that the filters mean. */
export function deleteDispatches(deps: ApiDeps): Operation {
  return async ({ query }) => {
    for (const { id } of await dispatchesMeant(deps, query))
      await deps.clients.of(DispatchService).deleteDispatch({ id });
    return { status: 204 };
  };
}

/** `DELETE /dispatch/destinations/{destinationId}/dispatches` */
export function deleteDestinationDispatches(deps: ApiDeps): Operation {
  return async ({ params }) => {
    const destination = await findDestination(deps.clients, params.destinationId ?? "");
    for (const { id } of await dispatchesOf(deps, destination.id))
      await deps.clients.of(DispatchService).deleteDispatch({ id });
    return { status: 204 };
  };
}

/** `DELETE /dispatch/dispatches/{dispatchId}/postback` */
export function deleteDispatchPostback({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDispatch(clients, params.dispatchId ?? "");
    await clients
      .of(DispatchService)
      .updateDispatch({ dispatch: { id, callback: { url: "" } }, updateMask: { paths: ["callback"] } });
    return { status: 204 };
  };
}
