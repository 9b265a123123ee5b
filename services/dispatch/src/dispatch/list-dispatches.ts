import { timestampDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import { DispatchOrder, type ListDispatchesRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import type pg from "pg";
import { afterSql, type ListOrder } from "../search/list-order.ts";
import { tagKeysOf } from "../search/search-keys.ts";
import { DISPATCH_COLUMNS, DISPATCHES } from "./dispatch.repository.ts";
import type { DispatchRow } from "./dispatch-row.ts";
import { dispatchStatusSql } from "./dispatch-status.ts";

const UPDATE_DESC: ListOrder<DispatchRow> = {
  column: "d.updated_at",
  type: "timestamptz",
  descending: true,
  keyOf: (row) => row.updated_at.toISOString(),
};
const CREATE_DESC: ListOrder<DispatchRow> = {
  column: "d.created_at",
  type: "timestamptz",
  descending: true,
  keyOf: (row) => row.created_at.toISOString(),
};
const ORDERS: Readonly<Record<number, ListOrder<DispatchRow>>> = {
  [DispatchOrder.UPDATE_TIME_DESC]: UPDATE_DESC,
  [DispatchOrder.UPDATE_TIME_ASC]: { ...UPDATE_DESC, descending: false },
  [DispatchOrder.NAME_ASC]: { column: "d.name_key", type: "text", descending: false, keyOf: (row) => row.name_key },
  [DispatchOrder.LAST_LAUNCH_DESC]: {
    column: "coalesce(d.last_launch_at, '-infinity')",
    type: "timestamptz",
    descending: true,
    keyOf: (row) => row.last_launch_at?.toISOString() ?? "-infinity",
  },
  [DispatchOrder.CREATE_TIME_DESC]: CREATE_DESC,
  [DispatchOrder.CREATE_TIME_ASC]: { ...CREATE_DESC, descending: false },
};

const WHERE = `d.tenant_id = $1
  and ($2::uuid is null or d.destination_id = $2)
  and ($3::uuid is null or d.course_id = $3)
  and ($4 = '' or d.search_text like $4)
  and (cardinality($5::text[]) = 0 or d.tag_keys && $5)
  and (cardinality($6::int[]) = 0 or ${dispatchStatusSql("$7::timestamptz")} = any($6))
  and ($8::boolean is null or d.enabled = $8)
  and ($9::timestamptz is null or d.updated_at >= $9)
  and ($10::timestamptz is null or d.updated_at <= $10)`;

/** One more than asked for. */
export async function listDispatches(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDispatchesRequest,
  start: PageStart,
  now: Date,
): Promise<DispatchRow[]> {
  const { rows } = await client.query<DispatchRow>(
    `select ${DISPATCH_COLUMNS} from ${DISPATCHES} where ${WHERE} ${afterSql(orderOf(request.order), "d.id", 11)} limit $13`,
    [...valuesOf(tenantId, request, now), start.after?.[0] ?? null, start.after?.[1] ?? null, start.limit + 1],
  );
  return rows;
}

export async function countDispatches(
  client: pg.ClientBase,
  tenantId: string,
  request: ListDispatchesRequest,
  now: Date,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from ${DISPATCHES} where ${WHERE}`,
    valuesOf(tenantId, request, now),
  );
  return BigInt(rows[0]?.count ?? 0);
}

export function dispatchKeys(order: DispatchOrder, row: DispatchRow): PageKeys {
  return [orderOf(order).keyOf(row), row.id];
}

function valuesOf(tenantId: string, request: ListDispatchesRequest, now: Date): unknown[] {
  const { destinationId, courseId, query, tags, statuses, enabled, updatedSince, updatedUntil } = request;
  return [
    tenantId,
    destinationId || null,
    courseId || null,
    query.trim() === "" ? "" : containing(query.trim().toLowerCase()),
    tagKeysOf(tags),
    statuses,
    now,
    enabled ?? null,
    ...[updatedSince, updatedUntil].map((time) => (time ? timestampDate(time) : null)),
  ];
}

function orderOf(order: DispatchOrder): ListOrder<DispatchRow> {
  return ORDERS[order] ?? UPDATE_DESC;
}
