import { type Timestamp, timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { type ReplayPlan, ReplayScope } from "@coursemesh/proto/coursemesh/webhook/v1/replay_pb.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { filterValues, matchesSql, readFilter } from "../event/event-filter.ts";
import { readBounds } from "../event/read-log.ts";

/** What a plan would send. */
export interface PlanCount {
  readonly count: bigint;
  readonly first: Date | null;
  readonly last: Date | null;
}

const SCOPES: Readonly<Record<ReplayScope, string>> = {
  [ReplayScope.UNSPECIFIED]: "false",
  [ReplayScope.FAILED]: `d.state = ${DeliveryState.FAILED}`,
  // What waits is delivered anyway.
  [ReplayScope.MISSING]: `(d.id is null or d.state in (${DeliveryState.FAILED}, ${DeliveryState.CANCELED}))`,
  [ReplayScope.ALL]: "true",
};

/** From and where of the events that a plan means, with `e`, `p` and `d`; the parameters go up to 11. @throws FILTER_INVALID */
export function planSql(tenantId: string, plan: ReplayPlan): { sql: string; values: unknown[] } {
  const { endpointId, scope, since, until, filter } = plan;
  return {
    sql: `from event e join endpoint p on p.id = $2 and p.tenant_id = e.tenant_id
      left join delivery d on d.endpoint_id = p.id and d.event_id = e.id and d.test_data is null
      where e.tenant_id = $1 and e.occurred_at >= $3 and e.occurred_at < $4 and endpoint_wants(p, e) and ${matchesSql(5)}
        and ${SCOPES[scope]}`,
    values: [
      tenantId,
      endpointId,
      dateOf(since) ?? new Date(0),
      dateOf(until) ?? "infinity",
      ...filterValues(readFilter(filter)),
    ],
  };
}

/** Counts what a plan would send. @throws REPLAY_RANGE_TOO_OLD, FILTER_INVALID */
export async function countPlan(client: pg.ClientBase, tenantId: string, plan: ReplayPlan): Promise<PlanCount> {
  const { since, until } = plan;
  if (since && until && timestampMs(until) <= timestampMs(since))
    throw fieldInvalid("plan.until", "must be after since");
  const { removedThrough } = await readBounds(client, tenantId);
  if (since && removedThrough > 0) {
    const { rows } = await client.query<{ oldest: Date | null }>(
      "select min(occurred_at) as oldest from event where tenant_id = $1",
      [tenantId],
    );
    const oldest = rows[0]?.oldest ?? new Date();
    // Events are in the log after they happened: nothing younger than what was removed is missing.
    if (timestampMs(since) * 1000 < removedThrough && timestampDate(since) < oldest) {
      throw errors.replayRangeTooOld({ oldest_time: oldest.toISOString() });
    }
  }
  const { sql, values } = planSql(tenantId, plan);
  const { rows } = await client.query<{ count: string; first: Date | null; last: Date | null }>(
    `select count(*), min(e.occurred_at) as first, max(e.occurred_at) as last ${sql}`,
    values,
  );
  return { count: BigInt(rows[0]?.count ?? 0), first: rows[0]?.first ?? null, last: rows[0]?.last ?? null };
}

function dateOf(time: Timestamp | undefined): Date | undefined {
  return time && timestampDate(time);
}
