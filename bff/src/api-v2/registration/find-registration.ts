import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";

/** The registration an API client calls `registrationId`: our external id. @throws REGISTRATION_NOT_FOUND */
export async function findRegistration(clients: Clients, registrationId: string): Promise<Registration> {
  const by = { case: "externalId", value: registrationId } as const;
  const { registration } = await clients.of(RegistrationService).getRegistration({ by });
  if (registration === undefined)
    throw serviceError(Code.NotFound, "REGISTRATION_NOT_FOUND", "no such registration", { id: registrationId });
  return registration;
}
