import { DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestination } from "./find-destination.ts";

/** `DELETE /dispatch/destinations/{destinationId}` */
export function deleteDestination({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDestination(clients, params.destinationId ?? "");
    await clients.of(DestinationService).deleteDestination({ id });
    return { status: 204 };
  };
}
