import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Attempt,
  type AttemptOutcome,
  AttemptSchema,
  type Delivery,
  DeliverySchema,
  DeliveryState,
} from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";

/** An attempt as it is stored. */
export interface AttemptRow {
  readonly id: string;
  readonly number: number;
  readonly started_at: Date | string;
  readonly outcome: AttemptOutcome;
  readonly http_status: number;
  readonly latency_ms: number;
  readonly error: string;
  readonly ip_address: string;
  readonly request_url: string;
  readonly request_headers: Record<string, string>;
  readonly request_body: string;
  readonly response_headers: Record<string, string>;
  readonly response_body: string;
  readonly response_truncated: boolean;
  readonly retry_after_seconds: number;
}

/** A delivery with its newest attempt. */
export interface DeliveryRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: string;
  /** HELD included. */
  readonly seen_state: DeliveryState;
  readonly attempt_count: number;
  readonly next_attempt_at: Date;
  readonly lease_owner: string | null;
  readonly test_data: string | null;
  readonly replay_id: string | null;
  readonly created_at: Date;
  readonly changed_at: Date;
  readonly ended_at: Date | null;
  readonly last_attempt: AttemptRow | null;
}

const OPEN = `(${DeliveryState.QUEUED}, ${DeliveryState.RETRYING})`;
const before = (more: string): string =>
  `exists (select from delivery b where b.endpoint_id = d.endpoint_id and b.state in ${OPEN} and b.event_position < d.event_position ${more})`;

/** The state as people see it: what waits behind another, or for an endpoint that is off, is held. */
export const SEEN_STATE = `case when d.state in ${OPEN} and (
    p.status <> 1 or p.ordering = 3 and ${before("")}
    or p.ordering = 2 and d.registration_id <> '' and ${before("and b.registration_id = d.registration_id")}
  ) then ${DeliveryState.HELD} else d.state end`;

/** Deliveries as {@link DeliveryRow}; the condition follows, with `d`, `p` for the endpoint and `a` for the newest attempt. */
export const SELECT_DELIVERIES = `select d.id, d.tenant_id, d.endpoint_id, d.event_id, d.event_type, ${SEEN_STATE} as seen_state,
    d.attempt_count, d.next_attempt_at, d.lease_owner, d.test_data, d.replay_id, d.created_at, d.changed_at, d.ended_at,
    case when a.id is null then null else to_jsonb(a) - 'request_body' - 'response_body' end as last_attempt
  from delivery d join endpoint p on p.id = d.endpoint_id left join attempt a on a.id = d.last_attempt_id`;

/** A delivery as the contract has it. */
export function toDelivery(row: DeliveryRow): Delivery {
  const waits = row.seen_state === DeliveryState.QUEUED || row.seen_state === DeliveryState.RETRYING;
  return create(DeliverySchema, {
    id: row.id,
    endpointId: row.endpoint_id,
    eventId: row.event_id,
    eventType: row.event_type,
    state: row.seen_state,
    attemptCount: row.attempt_count,
    ...(row.last_attempt && { lastAttempt: toAttempt(row.last_attempt) }),
    createTime: timestampFromDate(row.created_at),
    ...(waits && row.lease_owner === null && { nextAttemptTime: timestampFromDate(row.next_attempt_at) }),
    ...(row.ended_at && { endTime: timestampFromDate(row.ended_at) }),
    test: row.test_data !== null,
    replayId: row.replay_id ?? "",
  });
}

/** An attempt as the contract has it. */
export function toAttempt(row: AttemptRow): Attempt {
  return create(AttemptSchema, {
    id: row.id,
    number: row.number,
    startTime: timestampFromDate(new Date(row.started_at)),
    outcome: row.outcome,
    httpStatus: row.http_status,
    latencyMs: row.latency_ms,
    error: row.error,
    ipAddress: row.ip_address,
    requestUrl: row.request_url,
    requestHeaders: row.request_headers,
    requestBody: row.request_body ?? "",
    responseHeaders: row.response_headers,
    responseBody: row.response_body ?? "",
    responseTruncated: row.response_truncated,
    retryAfterSeconds: row.retry_after_seconds,
  });
}
