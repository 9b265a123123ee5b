import { timestampDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import {
  DestinationOrder,
  type ListDestinationsRequest,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type pg from "pg";
import { afterSql, type ListOrder } from "../search/list-order.ts";
import { tagKeysOf } from "../search/search-keys.ts";
import type { DestinationRow } from "./destination-row.ts";

const UPDATE_DESC: ListOrder<DestinationRow> = {
  column: "d.updated_at",
  type: "timestamptz",
  descending: true,
  keyOf: (row) => row.updated_at.toISOString(),
};
const ORDERS: Readonly<Record<number, ListOrder<DestinationRow>>> = {
  [DestinationOrder.UPDATE_TIME_DESC]: UPDATE_DESC,
  [DestinationOrder.UPDATE_TIME_ASC]: { ...UPDATE_DESC, descending: false },
  [DestinationOrder.NAME_ASC]: {
    column: "d.name_key",
    type: "text",
    descending: false,
    keyOf: (row) => row.name_key,
  },
  [DestinationOrder.LAST_CONTACT_DESC]: {
    column: "coalesce(d.last_contact_at, '-infinity')",
    type: "timestamptz",
    descending: true,
    keyOf: (row) => row.last_contact_at?.toISOString() ?? "-infinity",
  },
};

const WHERE = `d.tenant_id = $1
  and ($2 = '' or d.search_text like $2)
  and (cardinality($3::text[]) = 0 or d.tag_keys && $3)
  and ($4::boolean is null or d.enabled = $4)
  and ($5::timestamptz is null or d.last_contact_at is null or d.last_contact_at < $5)
  and ($6::timestamptz is null or d.updated_at >= $6)
  and ($7::timestamptz is null or d.updated_at <= $7)`;

/** One more than asked for. */
export async function listDestinations(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDestinationsRequest,
  start: PageStart,
): Promise<DestinationRow[]> {
  const order = orderOf(request.order);
  const { rows } = await client.query<DestinationRow>(
    `select d.* from destination d where ${WHERE} ${afterSql(order, "d.id", 8)} limit $10`,
    [...valuesOf(tenantId, request), start.after?.[0] ?? null, start.after?.[1] ?? null, start.limit + 1],
  );
  return rows;
}

export async function countDestinations(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDestinationsRequest,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from destination d where ${WHERE}`,
    valuesOf(tenantId, request),
  );
  return BigInt(rows[0]?.count ?? 0);
}

export function destinationKeys(order: DestinationOrder, row: DestinationRow): PageKeys {
  return [orderOf(order).keyOf(row), row.id];
}

function valuesOf(tenantId: string, { query, tags, enabled, ...times }: ListDestinationsRequest): unknown[] {
  const { silentSince, updatedSince, updatedUntil } = times;
  return [
    tenantId,
    query.trim() === "" ? "" : containing(query.trim().toLowerCase()),
    tagKeysOf(tags),
    enabled ?? null,
    ...[silentSince, updatedSince, updatedUntil].map((time) => (time ? timestampDate(time) : null)),
  ];
}

function orderOf(order: DestinationOrder): ListOrder<DestinationRow> {
  return ORDERS[order] ?? UPDATE_DESC;
}
