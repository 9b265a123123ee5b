import { timestampDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { ListDeliveriesRequest } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { type DeliveryRow, SEEN_STATE, SELECT_DELIVERIES } from "./delivery-row.ts";

/** The text to find is parameter 12. */
const FOUND = `(d.id::text ilike $12 or d.event_id::text ilike $12 or d.event_type ilike $12 or exists (
  select from attempt t where t.delivery_id = d.id
    and (t.request_body ilike $12 or t.response_body ilike $12 or t.error ilike $12)))`;
const WHERE = `d.tenant_id = $1 and ($2::uuid is null or d.endpoint_id = $2) and ($3::uuid is null or d.event_id = $3)
  and (cardinality($4::int[]) = 0 or ${SEEN_STATE} = any($4)) and (cardinality($5::int[]) = 0 or a.outcome = any($5))
  and (cardinality($6::text[]) = 0 or d.event_type = any($6)) and ($7::uuid is null or d.replay_id = $7)
  and ($8::timestamptz is null or d.created_at >= $8) and ($9::timestamptz is null or d.created_at < $9)
  and ($10 or d.test_data is null) and ($11 = 0 or a.http_status / 100 = $11) and ($12 = '' or ${FOUND})`;

function valuesOf(tenantId: string, request: ListDeliveriesRequest): unknown[] {
  const { endpointId, eventId, states, outcomes, eventTypes, replayId, since, until, withTests } = request;
  const words = request.query.trim();
  return [
    tenantId,
    endpointId || null,
    eventId || null,
    states,
    outcomes,
    eventTypes,
    replayId || null,
    since ? timestampDate(since) : null,
    until ? timestampDate(until) : null,
    withTests,
    request.statusClass,
    words === "" ? "" : containing(words),
  ];
}

/** Newest first, one more than asked for. */
export async function listDeliveries(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDeliveriesRequest,
  { after, limit }: PageStart,
): Promise<DeliveryRow[]> {
  const { rows } = await client.query<DeliveryRow>(
    `${SELECT_DELIVERIES} where ${WHERE} and ($13::uuid is null or d.id < $13) order by d.id desc limit $14`,
    [...valuesOf(tenantId, request), after?.[0] ?? null, limit + 1],
  );
  return rows;
}

export async function countDeliveries(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDeliveriesRequest,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from delivery d join endpoint p on p.id = d.endpoint_id left join attempt a on a.id = d.last_attempt_id where ${WHERE}`,
    valuesOf(tenantId, request),
  );
  return BigInt(rows[0]?.count ?? 0);
}

/** @throws DELIVERY_NOT_FOUND */
export async function requireDelivery(client: pg.ClientBase, tenantId: string, id: string): Promise<DeliveryRow> {
  const { rows } = await client.query<DeliveryRow>(`${SELECT_DELIVERIES} where d.tenant_id = $1 and d.id = $2`, [
    tenantId,
    id,
  ]);
  if (rows[0] === undefined) throw errors.deliveryNotFound({ id });
  return rows[0];
}
