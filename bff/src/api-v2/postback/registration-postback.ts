import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { type PostBack, toPostbackSettings } from "./postback-schema.ts";

/**
 * Puts a registration's postback in place, or takes it away. Who may write the registration may do this, whatever else they may do with
 * webhooks. Idempotent. @param registration ours and the caller's id. @throws ADDRESS_REFUSED
 */
export async function putRegistrationPostback(
  clients: Clients,
  organizationId: string,
  registration: { readonly id: string; readonly externalId: string },
  postBack: PostBack | undefined,
): Promise<void> {
  const endpoints = postBack
    ? [
        {
          endpoint: {
            name: `Postback of ${registration.externalId}`.slice(0, 200),
            url: postBack.url,
            filter: { registrationIds: [registration.id] },
            kind: { case: "postback", value: toPostbackSettings(postBack) } as const,
          },
        },
      ]
    : [];
  const owner = { owner: { case: "registrationId", value: registration.id } } as const;
  await runAs(serviceCaller("bff", organizationId), () =>
    clients.of(EndpointService).syncOwnedEndpoints({ owner, endpoints }),
  );
}
