import { timestampDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { ListExternalSessionsRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { afterSql } from "../search/list-order.ts";
import type { SessionRow } from "./session-row.ts";

/** A session with the course of its dispatch. */
export interface ListedSession extends SessionRow {
  readonly course_id: string;
}

/** Those tried out are left out, and of merged ones those that are not left. */
const WHERE = `e.tenant_id = $1 and not e.test and e.merged_into is null
  and ($2::uuid is null or e.dispatch_id = $2)
  and ($3::uuid is null or e.destination_id = $3)
  and ($4::uuid is null or e.deployment_id = $4)
  and ($5::uuid is null or e.registration_id = $5)
  and ($6 = '' or e.search_text like $6)
  and (cardinality($7::int[]) = 0 or e.acknowledgement = any($7))
  and (not $8 or e.finished_at is not null)
  and ($9::timestamptz is null or e.last_activity_at >= $9)
  and ($10::timestamptz is null or e.last_activity_at <= $10)`;

/** One session, whatever became of it. @throws EXTERNAL_SESSION_NOT_FOUND */
export async function requireSession(client: pg.ClientBase, tenantId: string, id: string): Promise<ListedSession> {
  const { rows } = await client.query<ListedSession>(
    `select e.*, d.course_id from external_session e join dispatch d on d.id = e.dispatch_id
     where e.tenant_id = $1 and e.id = $2 and not e.test`,
    [tenantId, id],
  );
  if (rows[0] === undefined) throw errors.externalSessionNotFound({ id });
  return rows[0];
}

/** Last active first, one more than asked for. */
export async function listSessions(
  client: pg.ClientBase,
  tenantId: string,
  request: ListExternalSessionsRequest,
  { after, limit }: PageStart,
): Promise<ListedSession[]> {
  const order = afterSql({ column: "e.last_activity_at", type: "timestamptz", descending: true }, "e.id", 11);
  const { rows } = await client.query<ListedSession>(
    `select e.*, d.course_id from external_session e join dispatch d on d.id = e.dispatch_id where ${WHERE} ${order} limit $13`,
    [...valuesOf(tenantId, request), after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows;
}

export async function countSessions(
  client: pg.ClientBase,
  tenantId: string,
  request: ListExternalSessionsRequest,
): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) as count from external_session e where ${WHERE}`,
    valuesOf(tenantId, request),
  );
  return BigInt(rows[0]?.count ?? 0);
}

export function sessionKeys({ last_activity_at, id }: SessionRow): PageKeys {
  return [last_activity_at.toISOString(), id];
}

function valuesOf(tenantId: string, request: ListExternalSessionsRequest): unknown[] {
  const { dispatchId, destinationId, deploymentId, registrationId, acknowledgements, finished } = request;
  const query = request.query.trim().toLowerCase();
  return [
    tenantId,
    ...[dispatchId, destinationId, deploymentId, registrationId].map((id) => id || null),
    query === "" ? "" : containing(query),
    acknowledgements,
    finished,
    ...[request.activeSince, request.activeUntil].map((time) => (time ? timestampDate(time) : null)),
  ];
}
