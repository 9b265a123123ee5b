import { timestampDate } from "@bufbuild/protobuf/wkt";
import { containing } from "@coursemesh/platform/db/like-pattern.ts";
import type { PageStart } from "@coursemesh/platform/page/page-token.ts";
import type { CountEventsRequest, SearchEventsRequest } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type pg from "pg";
import { filterValues, matchesSql, readFilter } from "./event-filter.ts";
import type { EventRow } from "./event-row.ts";

type Conditions = Pick<CountEventsRequest, "filter" | "query" | "since" | "until"> &
  Partial<Pick<SearchEventsRequest, "actorId" | "traceId">>;

const TEXT = `concat_ws(' ', e.id, e.type, e.actor_id, e.course_id, e.registration_id, e.launch_id, e.learner_id, e.destination_id,
  e.dispatch_id, array_to_string(e.tags, ' '))`;

/** A query's condition, with fourteen parameters from the first on. @throws FILTER_INVALID */
function conditionOf(tenantId: string, request: Conditions): { sql: string; values: unknown[] } {
  const { filter, query, since, until, actorId = "", traceId = "" } = request;
  return {
    sql: `e.tenant_id = $1 and ${matchesSql(2)} and ($9 = '' or ${TEXT} ilike $9) and ($10 = '' or e.actor_id = $10)
      and ($11 = '' or e.trace_id = $11) and ($12::timestamptz is null or e.occurred_at >= $12)
      and ($13::timestamptz is null or e.occurred_at < $13)`,
    values: [
      tenantId,
      ...filterValues(readFilter(filter)),
      query.trim() === "" ? "" : containing(query.trim()),
      actorId,
      traceId,
      since ? timestampDate(since) : null,
      until ? timestampDate(until) : null,
    ],
  };
}

/** Newest first, one more than asked for. */
export async function searchEvents(
  client: pg.ClientBase,
  tenantId: string,
  request: SearchEventsRequest,
  { after, limit }: PageStart,
): Promise<EventRow[]> {
  const { sql, values } = conditionOf(tenantId, request);
  const { rows } = await client.query<EventRow>(
    `select * from event e where ${sql} and ($14::bigint is null or e.position < $14) order by e.position desc limit $15`,
    [...values, after?.[0] ?? null, limit + 1],
  );
  return rows;
}

export async function countFound(client: pg.ClientBase, tenantId: string, request: Conditions): Promise<bigint> {
  const { sql, values } = conditionOf(tenantId, request);
  const { rows } = await client.query<{ count: string }>(`select count(*) from event e where ${sql}`, values);
  return BigInt(rows[0]?.count ?? 0);
}

/** How many happened in each of some even steps. */
export async function countSteps(
  client: pg.ClientBase,
  tenantId: string,
  request: CountEventsRequest,
): Promise<bigint[]> {
  const { sql, values } = conditionOf(tenantId, request);
  const { rows } = await client.query<{ step: number; count: string }>(
    `select width_bucket(extract(epoch from e.occurred_at), extract(epoch from $12::timestamptz), extract(epoch from $13::timestamptz), $14) as step,
       count(*) from event e where ${sql} group by step`,
    [...values, request.steps],
  );
  const counts = new Map(rows.map(({ step, count }) => [step, BigInt(count)]));
  return Array.from({ length: request.steps }, (_, index) => counts.get(index + 1) ?? 0n);
}
