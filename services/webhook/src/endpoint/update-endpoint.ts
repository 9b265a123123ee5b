import { fromBinary } from "@bufbuild/protobuf";
import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { DeliveryPolicySchema, type Endpoint } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { filterColumns, kindColumns, policyColumns } from "./endpoint-change.ts";
import { type EndpointRow, kindOf, toEndpoint } from "./endpoint-row.ts";
import { sealHeaders } from "./sealed-headers.ts";

const FILTER = [
  "types",
  "course_ids",
  "registration_ids",
  "learner_ids",
  "destination_ids",
  "dispatch_ids",
  "tags",
] as const;
const POLICY = [
  "max_attempts",
  "first_delay_ms",
  "max_delay_ms",
  "timeout_ms",
  "max_concurrency",
  "max_per_minute",
  "ordering",
  "suspend_after_days",
] as const;
const POSTBACK = ["body", "auth", "results", "username", "password"] as const;

/** Every field that may be changed, alone or with what it is part of. */
const FIELDS = [
  "name",
  "description",
  "url",
  "filter",
  "webhook",
  "postback",
  "headers",
  "policy",
  "webhook.thin",
  ...FILTER.map((field) => `filter.${field}` as const),
  ...POLICY.map((field) => `policy.${field}` as const),
  ...POSTBACK.map((field) => `postback.${field}` as const),
] as const;

export type EndpointField = (typeof FIELDS)[number];

/** @throws FIELD_INVALID */
export function readEndpointMask(mask: FieldMask | undefined): ReadonlySet<EndpointField> {
  return readUpdateMask(mask, FIELDS);
}

/**
 * Changes a row in place by the fields that were named.
 * @param url the address, checked, when it was named. @throws FIELD_INVALID, FILTER_INVALID
 */
export function applyChange(
  row: EndpointRow,
  endpoint: Endpoint,
  fields: ReadonlySet<EndpointField>,
  url: string | undefined,
  key: Buffer,
): void {
  if (fields.has("name") && endpoint.name === "") throw fieldInvalid("endpoint.name", "must not be empty");
  const before = toEndpoint(row, key);
  if (fields.has("name")) row.name = endpoint.name;
  if (fields.has("description")) row.description = endpoint.description;
  if (url !== undefined) row.url = url;
  if (fields.has("headers")) row.sealed_headers = sealHeaders(key, endpoint.headers, row.sealed_headers);
  applyKind(row, endpoint, fields, key);
  applyFilter(row, endpoint, before, fields);
  const policy = merged("policy", POLICY, fields, endpoint.policy, fromBinary(DeliveryPolicySchema, row.policy));
  Object.assign(row, policyColumns(policy));
}

function applyKind(row: EndpointRow, { kind }: Endpoint, fields: ReadonlySet<EndpointField>, key: Buffer): void {
  const named = [...fields].find((field) => /^(webhook|postback)(\.|$)/.test(field))?.split(".")[0];
  if (named === undefined) return;
  if (kind.case !== named) throw fieldInvalid(`endpoint.${named}`, "is named in update_mask and not there");
  const present = kindOf(row.postback, row.settings);
  // What a part is changed of has to be of that kind already.
  const whole = fields.has(named === "postback" ? "postback" : "webhook");
  if (!whole && present.case !== kind.case)
    throw fieldInvalid(`endpoint.${named}`, "the endpoint is of the other kind");
  if (kind.case === "postback" && !whole && present.case === "postback") {
    const value = { ...present.value };
    for (const field of POSTBACK)
      if (fields.has(`postback.${field}`)) Object.assign(value, { [field]: kind.value[field] });
    Object.assign(row, kindColumns({ case: "postback", value }, key, row.sealed_password));
    return;
  }
  Object.assign(row, kindColumns(kind, key, row.sealed_password));
}

function applyFilter(row: EndpointRow, endpoint: Endpoint, before: Endpoint, fields: ReadonlySet<EndpointField>): void {
  if (before.filter === undefined) return;
  const filter = merged("filter", FILTER, fields, endpoint.filter, before.filter);
  Object.assign(row, filterColumns(filter, row.postback));
}

/** A message with those fields of another that were named, alone or altogether. */
function merged<T extends object>(
  name: "filter" | "policy",
  parts: readonly string[],
  fields: ReadonlySet<string>,
  given: T | undefined,
  present: T,
): T {
  const result = { ...present };
  for (const part of parts) {
    const local = part.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (!fields.has(name) && !fields.has(`${name}.${part}`)) continue;
    const value: unknown = given === undefined ? undefined : Reflect.get(given, local);
    const empty = typeof Reflect.get(present, local) === "number" ? 0 : [];
    Reflect.set(result, local, value ?? empty);
  }
  return result;
}
