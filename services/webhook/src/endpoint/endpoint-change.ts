import { create, toBinary } from "@bufbuild/protobuf";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { seal } from "@coursemesh/platform/secrets/seal.ts";
import {
  type DeliveryPolicy,
  DeliveryPolicySchema,
  type Endpoint,
  PostbackAuth,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { EventFilter } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { errors } from "../errors.ts";
import { readFilter } from "../event/event-filter.ts";
import { type EndpointKind, type EndpointRow, settingsBytes } from "./endpoint-row.ts";
import { sealHeaders } from "./sealed-headers.ts";

/** What a postback tells of when nobody says: every change of a result, once. */
const POSTBACK_TYPES = ["registration.progressed"];
/** Events that are about a registration without being called so. */
const ALSO_OF_REGISTRATIONS = new Set(["dispatch.progressed", "dispatch.completed"]);

/** Reads an address and asks the guard. @throws ADDRESS_REFUSED */
export async function checkedAddress(egress: Egress, text: string): Promise<string> {
  if (!URL.canParse(text)) throw errors.addressRefused({ url: text, description: "it is no address" });
  const url = new URL(text);
  url.hash = "";
  await egress.check(url).catch((error: unknown) => {
    if (!(error instanceof EgressRefused)) throw error;
    throw errors.addressRefused(
      { url: text, description: error.message },
      `events are not sent there: ${error.message}`,
    );
  });
  return url.href;
}

/** Columns of a filter. @throws FILTER_INVALID */
export function filterColumns(filter: EventFilter | undefined, postback: boolean) {
  const lists = readFilter(filter);
  const others = lists.types.filter((type) => !type.startsWith("registration.") && !ALSO_OF_REGISTRATIONS.has(type));
  if (postback && others.length > 0) {
    const description = `a postback tells of registrations, not of ${others[0]}`;
    throw errors.filterInvalid({ field: "filter.types", description }, description);
  }
  return {
    types: [...(postback && lists.types.length === 0 ? POSTBACK_TYPES : lists.types)],
    course_ids: [...lists.courseIds],
    registration_ids: [...lists.registrationIds],
    learner_ids: [...lists.learnerIds],
    destination_ids: [...lists.destinationIds],
    dispatch_ids: [...lists.dispatchIds],
    tags: [...lists.tags],
  };
}

/** Columns of either kind's settings. @param key seals the password; an empty one keeps what there is. */
export function kindColumns(kind: EndpointKind, key: Buffer, sealedPassword = "") {
  const password = kind.case === "postback" ? kind.value.password : "";
  return {
    postback: kind.case === "postback",
    settings: settingsBytes(kind),
    sealed_password: password === "" ? sealedPassword : seal(key, Buffer.from(password)),
  };
}

/** Whether requests carry a signature, and so need a secret. */
export function isSigned(kind: EndpointKind): boolean {
  return kind.case !== "postback" || kind.value.auth === PostbackAuth.SIGNATURE;
}

/** Columns of a policy. @throws FIELD_INVALID */
export function policyColumns(policy: DeliveryPolicy = create(DeliveryPolicySchema)) {
  if (policy.maxDelayMs > 0 && policy.maxDelayMs < policy.firstDelayMs) {
    throw fieldInvalid("endpoint.policy.max_delay_ms", "must not be below first_delay_ms");
  }
  return {
    policy: Buffer.from(toBinary(DeliveryPolicySchema, policy)),
    timeout_ms: policy.timeoutMs,
    max_concurrency: policy.maxConcurrency,
    max_per_minute: policy.maxPerMinute,
    ordering: policy.ordering,
  };
}

/** All columns that an endpoint in a request decides. @param sealedHeaders values that masks stand for. */
export function endpointColumns(
  endpoint: Endpoint,
  url: string,
  key: Buffer,
  sealedHeaders = "",
): Pick<EndpointRow, "name" | "description" | "url" | "sealed_headers"> &
  ReturnType<typeof filterColumns> &
  ReturnType<typeof kindColumns> &
  ReturnType<typeof policyColumns> {
  const { name, description, kind, filter, headers, policy } = endpoint;
  return {
    name: name || new URL(url).host,
    description,
    url,
    ...kindColumns(kind, key),
    ...filterColumns(filter, kind.case === "postback"),
    sealed_headers: sealHeaders(key, headers, sealedHeaders),
    ...policyColumns(policy),
  };
}
