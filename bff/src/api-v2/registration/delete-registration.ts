import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { putRegistrationPostback } from "../postback/registration-postback.ts";
import { findRegistration } from "./find-registration.ts";

/** `DELETE /registrations/{registrationId}` */
export function deleteRegistration({ clients }: ApiDeps): Operation {
  return async ({ params, caller }) => {
    const registration = await findRegistration(clients, params.registrationId ?? "");
    await clients.of(RegistrationService).deleteRegistration({ id: registration.id });
    await putRegistrationPostback(clients, caller.organizationId, registration, undefined);
    return { status: 204 };
  };
}
