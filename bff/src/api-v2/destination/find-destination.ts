import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Destination, DestinationService } from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import { ifThere } from "../if-there.ts";

/** The destination an API client calls `destinationId`: our external id. @throws DESTINATION_NOT_FOUND */
export async function findDestination(clients: Clients, destinationId: string): Promise<Destination> {
  const { destination } = await clients
    .of(DestinationService)
    .getDestination({ by: { case: "externalId", value: destinationId } });
  if (destination === undefined)
    throw serviceError(Code.NotFound, "DESTINATION_NOT_FOUND", "no such destination", { id: destinationId });
  return destination;
}

/** The same, undefined instead of an error when it is not there. */
export const findDestinationIfThere = (clients: Clients, destinationId: string): Promise<Destination | undefined> =>
  ifThere(findDestination(clients, destinationId));
