import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findRegistration } from "./find-registration.ts";

/** `DELETE /registrations/{registrationId}` */
export function deleteRegistration({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findRegistration(clients, params.registrationId ?? "");
    await clients.of(RegistrationService).deleteRegistration({ id });
    return { status: 204 };
  };
}
