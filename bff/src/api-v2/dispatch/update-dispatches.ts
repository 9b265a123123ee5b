import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type Dispatch, DispatchService } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { LicenceService } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type { z } from "zod";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { toDispatchChange, updateProperties } from "./dispatch-properties.ts";
import { dispatchesMeant } from "./each-dispatch.ts";
import { findDispatch } from "./find-dispatch.ts";

/** `PUT /dispatch/dispatches/{dispatchId}` */
export function updateDispatch(deps: ApiDeps): Operation {
  return async ({ params, body }) => {
    const given = readBody(updateProperties, body);
    await change(deps, await findDispatch(deps.clients, params.dispatchId ?? ""), given);
    return { status: 204 };
  };
}

/** `PUT /dispatch/dispatches`: the same for all that the filters mean. */
export function updateDispatches(deps: ApiDeps): Operation {
  return async ({ query, body }) => {
    const given = readBody(updateProperties, body);
    for (const dispatch of await dispatchesMeant(deps, query)) await change(deps, dispatch, given);
    return { status: 204 };
  };
}

async function change({ clients }: ApiDeps, { id }: Dispatch, given: z.output<typeof updateProperties>): Promise<void> {
  const { fields, paths } = toDispatchChange(given);
  if (paths.length > 0)
    await clients
      .of(DispatchService)
      .updateDispatch({ dispatch: { ...fields, id }, updateMask: { paths: [...paths] } });
  if (given.registrationCount === 0)
    await clients.of(LicenceService).resetUsage({ requestId: uuidV7(), of: { case: "dispatchId", value: id } });
}
