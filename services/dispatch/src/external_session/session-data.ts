import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { asDispatch } from "../launch/dispatch-facts.ts";
import type { SessionRow } from "./session-row.ts";

/**
 * The course's data of a session as the runtime has it: JSON of an object with the data model of each activity under its identifier. Empty
 * when there is none, for instance because the registration was deleted.
 */
export async function sessionData(
  { clients }: Pick<DispatchParts, "clients">,
  { tenant_id, registration_id, instance_id }: SessionRow,
): Promise<Buffer> {
  if (registration_id === null) return Buffer.alloc(0);
  const request = { registrationId: registration_id, instanceId: instance_id ?? "" };
  try {
    const { activities } = await asDispatch(tenant_id, () =>
      clients.of(RegistrationService).getActivityStates(request),
    );
    const models = activities.map(({ activity, stateJson }) => [activity, JSON.parse(stateJson || "null")]);
    return Buffer.from(JSON.stringify(Object.fromEntries(models)));
  } catch (error) {
    if (["REGISTRATION_NOT_FOUND", "INSTANCE_NOT_FOUND"].includes(reasonOf(error) ?? "")) return Buffer.alloc(0);
    throw error;
  }
}
