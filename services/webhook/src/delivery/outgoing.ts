import { fromBinary } from "@bufbuild/protobuf";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { unseal } from "@coursemesh/platform/secrets/seal.ts";
import { DeliveryPolicySchema, PostbackAuth } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { WebhookConfig } from "../config.ts";
import type { EndpointKind } from "../endpoint/endpoint-row.ts";
import { kindOf } from "../endpoint/endpoint-row.ts";
import { openHeaders } from "../endpoint/sealed-headers.ts";
import { postbackRequest } from "../postback/postback-request.ts";
import { readPostback } from "../postback/read-postback.ts";
import { signatureHeaders } from "../secret/webhook-secret.ts";
import type { ClaimedDelivery, ClaimedEndpoint } from "./claim.ts";
import { type EffectivePolicy, effectivePolicy } from "./delivery-policy.ts";

/** Where deliveries go, opened for sending. */
export interface Target {
  readonly tenantId: string;
  readonly kind: EndpointKind;
  readonly headers: Readonly<Record<string, string>>;
  readonly password: string;
  /** Active secrets, newest first; empty when nothing is signed. */
  readonly secrets: readonly string[];
  readonly policy: EffectivePolicy;
}

/** A request that is ready to go. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as the history shows it, without credentials. */
  readonly shownBody: string;
}

/** What a request is made of. */
export type OutgoingEvent = Pick<ClaimedDelivery, "eventId" | "eventType" | "occurredAt" | "data" | "subject">;

/** Opens what is sealed. @throws Error when the key is another one than it was sealed with */
export function openTarget(
  endpoint: ClaimedEndpoint,
  sealedSecrets: readonly string[],
  key: Buffer,
  config: WebhookConfig,
): Target {
  const open = (sealed: string): string => {
    if (sealed === "") return "";
    const plain = unseal(key, sealed);
    if (plain === undefined) throw new Error("its secrets cannot be read any more; set them again");
    return plain.toString();
  };
  return {
    tenantId: endpoint.tenantId,
    kind: kindOf(endpoint.postback, Buffer.from(endpoint.settings, "base64")),
    headers: openHeaders(key, endpoint.sealedHeaders),
    password: open(endpoint.sealedPassword),
    secrets: sealedSecrets.map(open),
    policy: effectivePolicy(fromBinary(DeliveryPolicySchema, Buffer.from(endpoint.policy, "base64")), config),
  };
}

/** Makes the request of a delivery; of a webhook it has the same body every time. @param at when it is sent. */
export async function outgoingRequest(
  clients: Clients,
  target: Target,
  url: string,
  event: OutgoingEvent,
  at: Date,
): Promise<OutgoingRequest> {
  const { kind, headers, secrets } = target;
  if (kind.case === "postback") {
    const result = await runAs(serviceCaller("webhook", target.tenantId), () =>
      readPostback(clients, event, kind.value.results),
    );
    const request = postbackRequest(kind.value, target.password, result);
    const signed = kind.value.auth === PostbackAuth.SIGNATURE && secrets.length > 0;
    const signature = signed ? signatureHeaders(secrets, event.eventId, at, request.body) : {};
    return {
      url,
      headers: { ...headers, ...request.headers, ...signature },
      body: request.body,
      shownBody: request.shownBody,
    };
  }
  const body = JSON.stringify({
    id: event.eventId,
    type: event.eventType,
    timestamp: new Date(event.occurredAt).toISOString(),
    data: kind.value?.thin ? idsOf(event) : JSON.parse(event.data),
  });
  return {
    url,
    headers: { ...headers, "content-type": "application/json", ...signatureHeaders(secrets, event.eventId, at, body) },
    body,
    shownBody: body,
  };
}

function idsOf({ subject }: OutgoingEvent): Record<string, string> {
  return Object.fromEntries(Object.entries(subject).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
