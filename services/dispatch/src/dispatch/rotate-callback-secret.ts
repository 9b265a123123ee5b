import { fromBinary } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import {
  CallbackSchema,
  type RotateCallbackSecretRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { SecretService } from "@coursemesh/proto/coursemesh/webhook/v1/secret_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { requireDispatch, takeTurn } from "./dispatch.repository.ts";
import { isSigned, putCallback } from "./owned-endpoint.ts";

/** A new secret, and until when the old one signs as well. */
export interface RotatedSecret {
  readonly value: string;
  readonly oldExpireTime: Date;
}

/** @throws DISPATCH_NOT_FOUND, FIELD_INVALID for a dispatch without a signed callback, REQUEST_ID_REUSED once the secret was shown */
export function rotateCallbackSecret(
  { pool, clients, now }: DispatchParts,
  tenantId: string,
  { id, requestId, overlapSeconds }: RotateCallbackSecretRequest,
): Promise<RotatedSecret> {
  return inTenant(pool(), tenantId, async (client) => {
    await takeTurn(client, id);
    const row = await requireDispatch(client, tenantId, { case: "id", value: id });
    const callback = row.callback === null ? undefined : fromBinary(CallbackSchema, row.callback);
    if (!isSigned(callback)) throw fieldInvalid("id", "the dispatch has no callback that is signed");
    const wanted = { dispatchId: id, dispatchName: row.name, callback, secret: "", password: "" };
    const endpointId = await putCallback(clients, tenantId, wanted);
    const { value } = await runAs(serviceCaller("dispatch", tenantId), () =>
      clients.of(SecretService).rotateSecret({ requestId, endpointId, overlapSeconds }),
    );
    return { value, oldExpireTime: new Date(now().getTime() + overlapSeconds * 1000) };
  });
}
