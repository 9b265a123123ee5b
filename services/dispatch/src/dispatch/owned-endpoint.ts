import { randomBytes } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { errorInfoOf, fieldInvalid, reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { type Callback, CallbackAuth, CallbackFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  EndpointService,
  type OwnedEndpoint,
  OwnedEndpointSchema,
  PostbackAuth,
  PostbackBody,
  PostbackResults,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";

/** Job that takes the endpoint of a dispatch away that is gone. */
export const REMOVE_CALLBACK = "remove_callback";

export interface RemoveCallback {
  readonly tenantId: string;
  readonly dispatchId: string;
}

/** A callback as the webhook service is told of it. */
export interface WantedCallback {
  readonly dispatchId: string;
  readonly dispatchName: string;
  /** Undefined: none. */
  readonly callback: Callback | undefined;
  /** Empty: the secret and the password there are. */
  readonly secret: string;
  readonly password: string;
}

const AUTHS: Readonly<Record<number, PostbackAuth>> = {
  [CallbackAuth.SIGNATURE]: PostbackAuth.SIGNATURE,
  [CallbackAuth.BASIC]: PostbackAuth.BASIC,
  [CallbackAuth.FORM]: PostbackAuth.FORM,
};
const RESULTS: Readonly<Record<number, PostbackResults>> = {
  [CallbackFormat.COURSE]: PostbackResults.COURSE,
  [CallbackFormat.ACTIVITY]: PostbackResults.ACTIVITY,
  [CallbackFormat.FULL]: PostbackResults.FULL,
};
/** Announced with every change of a result that is worth telling. */
const TOLD_OF = "dispatch.progressed";

/** A new secret in the form of Standard Webhooks. */
export function newCallbackSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Whether deliveries carry a signature, and so need a secret. */
export function isSigned(callback: Callback | undefined): boolean {
  return callback !== undefined && authOf(callback) === PostbackAuth.SIGNATURE;
}

/**
 * Puts the endpoint of a dispatch in place, or takes it away. Idempotent. Answers the endpoint's id, empty for none.
 * @throws ADDRESS_REFUSED, FIELD_INVALID
 */
export async function putCallback(clients: Clients, tenantId: string, wanted: WantedCallback): Promise<string> {
  const request = {
    owner: { owner: { case: "dispatchId" as const, value: wanted.dispatchId } },
    endpoints: wanted.callback === undefined ? [] : [ownedEndpoint(wanted, wanted.callback)],
  };
  try {
    const caller = serviceCaller("dispatch", tenantId);
    const { endpoints } = await runAs(caller, () => clients.of(EndpointService).syncOwnedEndpoints(request));
    return endpoints[0]?.id ?? "";
  } catch (error) {
    throw asOurs(error);
  }
}

/** The job {@link REMOVE_CALLBACK}. */
export function removeCallback({ clients }: Pick<DispatchParts, "clients">) {
  return async ({ tenantId, dispatchId }: RemoveCallback): Promise<void> => {
    await putCallback(clients, tenantId, {
      dispatchId,
      dispatchName: "",
      callback: undefined,
      secret: "",
      password: "",
    });
  };
}

function ownedEndpoint(
  { dispatchId, dispatchName, secret, password }: WantedCallback,
  callback: Callback,
): OwnedEndpoint {
  const { url, fallbackUrl, username } = callback;
  const auth = authOf(callback);
  const body = auth === PostbackAuth.FORM ? PostbackBody.FORM : PostbackBody.JSON;
  const value = { body, auth, results: RESULTS[callback.format] ?? PostbackResults.COURSE, username, password };
  return create(OwnedEndpointSchema, {
    endpoint: {
      name: dispatchName.slice(0, 200),
      url,
      filter: { types: [TOLD_OF], dispatchIds: [dispatchId] },
      kind: { case: "postback", value },
    },
    secret,
    fallbackUrl,
  });
}

function authOf({ auth }: Callback): PostbackAuth {
  return AUTHS[auth] ?? PostbackAuth.SIGNATURE;
}

/** Reasons of the webhook service as this contract has them. */
function asOurs(error: unknown): unknown {
  switch (reasonOf(error)) {
    case "ADDRESS_REFUSED":
      return errors.addressRefused(errorInfoOf(error)?.metadata);
    case "SECRET_INVALID":
      return fieldInvalid("dispatch.callback.secret", "has to be whsec_ and 24 to 64 bytes in base64");
    default:
      return error;
  }
}
