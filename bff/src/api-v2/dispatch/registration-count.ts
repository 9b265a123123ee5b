import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { isoOf } from "../../contract/timestamp.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findDestination } from "../destination/find-destination.ts";
import { dispatchesOf } from "./each-dispatch.ts";
import { findDispatch } from "./find-dispatch.ts";

/** `GET /dispatch/dispatches/{dispatchId}/registrationCount` */
export function getDispatchRegistrationCount({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { summary } = await findDispatch(clients, params.dispatchId ?? "");
    return {
      status: 200,
      body: {
        registrationCount: Number(summary?.usage?.used ?? 0n),
        lastResetDate: isoOf(summary?.usage?.resetTime),
      },
    };
  };
}

/** `DELETE /dispatch/dispatches/{dispatchId}/registrationCount` */
export function resetDispatchRegistrationCount({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDispatch(clients, params.dispatchId ?? "");
    await clients.of(LicenceService).resetUsage({ requestId: uuidV7(), of: { case: "dispatchId", value: id } });
    return { status: 204 };
  };
}

/** `GET /dispatch/destinations/{destinationId}/dispatches/registrationCount`: of all its dispatches together. */
export function getDestinationRegistrationCount(deps: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDestination(deps.clients, params.destinationId ?? "");
    const counts = (await dispatchesOf(deps, id)).map(({ summary }) => Number(summary?.usage?.used ?? 0n));
    return { status: 200, body: { result: counts.reduce((sum, count) => sum + count, 0) } };
  };
}

/** `DELETE /dispatch/destinations/{destinationId}/dispatches/registrationCount` */
export function resetDestinationRegistrationCount(deps: ApiDeps): Operation {
  return async ({ params }) => {
    const { id } = await findDestination(deps.clients, params.destinationId ?? "");
    const licences = deps.clients.of(LicenceService);
    for (const dispatch of await dispatchesOf(deps, id))
      await licences.resetUsage({ requestId: uuidV7(), of: { case: "dispatchId", value: dispatch.id } });
    return { status: 204 };
  };
}
