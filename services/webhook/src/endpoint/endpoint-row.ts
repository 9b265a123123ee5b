import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  DeliveryPolicySchema,
  type Endpoint,
  type EndpointOwner,
  EndpointOwnerSchema,
  EndpointSchema,
  EndpointStatus,
  type EndpointSummary,
  type PostbackSettings,
  PostbackSettingsSchema,
  type WebhookSettings,
  WebhookSettingsSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { EventFilterSchema } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { maskedHeaders, openHeaders } from "./sealed-headers.ts";

/** An endpoint as it is stored, with the start of its present run of failures. */
export interface EndpointRow {
  id: string;
  tenant_id: string;
  name: string;
  description: string;
  url: string;
  types: string[];
  course_ids: string[];
  registration_ids: string[];
  learner_ids: string[];
  destination_ids: string[];
  dispatch_ids: string[];
  tags: string[];
  postback: boolean;
  settings: Buffer;
  sealed_password: string;
  sealed_headers: string;
  policy: Buffer;
  timeout_ms: number;
  max_concurrency: number;
  max_per_minute: number;
  ordering: number;
  status: EndpointStatus;
  status_reason: string;
  owner_kind: string | null;
  owner_id: string | null;
  fallback_url: string;
  request_id: string | null;
  request_hash: string;
  version: number;
  created_at: Date;
  updated_at: Date;
  failing_since?: Date | null;
}

/** Settings of either kind. */
export type EndpointKind = Endpoint["kind"];

/** An endpoint as people see it: secrets masked. @param key opens header fields, of which only the names are shown. */
export function toEndpoint(row: EndpointRow, key: Buffer, summary?: EndpointSummary): Endpoint {
  return create(EndpointSchema, {
    id: row.id,
    name: row.name,
    description: row.description,
    url: row.url,
    filter: create(EventFilterSchema, {
      types: row.types,
      courseIds: row.course_ids,
      registrationIds: row.registration_ids,
      learnerIds: row.learner_ids,
      destinationIds: row.destination_ids,
      dispatchIds: row.dispatch_ids,
      tags: row.tags,
    }),
    kind: kindOf(row.postback, row.settings),
    headers: maskedHeaders(openHeaders(key, row.sealed_headers)),
    policy: fromBinary(DeliveryPolicySchema, row.policy),
    status: row.status === EndpointStatus.ACTIVE && row.failing_since != null ? EndpointStatus.FAILING : row.status,
    statusReason: row.status_reason,
    ...(row.owner_kind !== null && { owner: ownerOf(row) }),
    ...(summary && { summary }),
    createTime: timestampFromDate(row.created_at),
    updateTime: timestampFromDate(row.updated_at),
    etag: String(row.version),
  });
}

export function kindOf(postback: boolean, settings: Uint8Array): EndpointKind {
  return postback
    ? { case: "postback", value: fromBinary(PostbackSettingsSchema, settings) }
    : { case: "webhook", value: fromBinary(WebhookSettingsSchema, settings) };
}

/** The settings without the password. */
export function settingsBytes(kind: EndpointKind): Buffer {
  return Buffer.from(
    kind.case === "postback"
      ? toBinary(PostbackSettingsSchema, { ...(kind.value satisfies PostbackSettings), password: "" })
      : toBinary(
          WebhookSettingsSchema,
          (kind.value satisfies WebhookSettings | undefined) ?? create(WebhookSettingsSchema),
        ),
  );
}

function ownerOf({ owner_kind, owner_id }: EndpointRow): EndpointOwner {
  const value = owner_id ?? "";
  switch (owner_kind) {
    case "courseId":
    case "registrationId":
    case "dispatchId":
    case "importId":
      return create(EndpointOwnerSchema, { owner: { case: owner_kind, value } });
    default:
      return create(EndpointOwnerSchema);
  }
}
