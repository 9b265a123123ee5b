import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { AttemptOutcome } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import {
  type EndpointSummary,
  EndpointSummarySchema,
  type FailureCount,
  FailureCountSchema,
  type HealthStep,
  HealthStepSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type pg from "pg";

const DELIVERED = AttemptOutcome.DELIVERED;

/** Figures of some endpoints over the last 24 hours, by id. */
export async function summariesOf(
  client: pg.ClientBase,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, EndpointSummary>> {
  const { rows } = await client.query<{
    id: string;
    delivered: string | null;
    failed: string | null;
    queued: string;
    p95: number | null;
    last_success_at: Date | null;
    last_failure_at: Date | null;
    last_error: string;
    next_at: Date | null;
    secret_at: Date | null;
  }>(
    `select q.endpoint_id as id, a.delivered, f.failed, a.p95, q.last_success_at, q.last_failure_at, q.last_error, d.queued, d.next_at, s.secret_at
     from endpoint_queue q
     left join lateral (
       select count(*) filter (where outcome = ${DELIVERED}) as delivered, percentile_cont(0.95) within group (order by latency_ms) as p95
       from attempt where endpoint_id = q.endpoint_id and started_at > now() - interval '24 hours'
     ) a on true
     left join lateral (
       select count(*) as failed from delivery
       where tenant_id = $1 and endpoint_id = q.endpoint_id and state = 5 and changed_at > now() - interval '24 hours'
     ) f on true
     left join lateral (
       select count(*) as queued, min(next_attempt_at) as next_at from delivery where endpoint_id = q.endpoint_id and state in (1, 2)
     ) d on true
     left join lateral (select max(created_at) as secret_at from secret where endpoint_id = q.endpoint_id) s on true
     where q.tenant_id = $1 and q.endpoint_id = any($2)`,
    [tenantId, ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      create(EndpointSummarySchema, {
        deliveredCount: BigInt(row.delivered ?? 0),
        failedCount: BigInt(row.failed ?? 0),
        queuedCount: BigInt(row.queued),
        ...(row.p95 !== null && { p95LatencyMs: Math.round(row.p95) }),
        ...(row.last_success_at && { lastSuccessTime: timestampFromDate(row.last_success_at) }),
        ...(row.last_failure_at && { lastFailureTime: timestampFromDate(row.last_failure_at) }),
        lastError: row.last_error,
        ...(row.next_at && { nextAttemptTime: timestampFromDate(row.next_at) }),
        ...(row.secret_at && { secretCreateTime: timestampFromDate(row.secret_at) }),
      }),
    ]),
  );
}

/** Attempts in even steps of time, and what went wrong in it, most frequent first. */
export async function healthOf(
  client: pg.ClientBase,
  endpointId: string,
  since: Date,
  until: Date,
  steps: number,
): Promise<{ steps: HealthStep[]; failures: FailureCount[] }> {
  const { rows } = await client.query<{
    step: number;
    delivered: string;
    failed: string;
    p50: number;
    p95: number;
  }>(
    `select width_bucket(extract(epoch from started_at), extract(epoch from $2::timestamptz), extract(epoch from $3::timestamptz), $4) as step,
       count(*) filter (where outcome = ${DELIVERED}) as delivered, count(*) filter (where outcome <> ${DELIVERED}) as failed,
       percentile_cont(0.5) within group (order by latency_ms) as p50, percentile_cont(0.95) within group (order by latency_ms) as p95
     from attempt where endpoint_id = $1 and started_at >= $2 and started_at < $3 group by step`,
    [endpointId, since, until, steps],
  );
  const { rows: failures } = await client.query<{ outcome: AttemptOutcome; http_status: number; count: string }>(
    `select outcome, http_status, count(*) from attempt
     where endpoint_id = $1 and started_at >= $2 and started_at < $3 and outcome <> ${DELIVERED}
     group by outcome, http_status order by count(*) desc, outcome, http_status limit 50`,
    [endpointId, since, until],
  );
  const found = new Map(rows.map((row) => [row.step, row]));
  const width = (until.getTime() - since.getTime()) / steps;
  return {
    steps: Array.from({ length: steps }, (_, index) => {
      const row = found.get(index + 1);
      return create(HealthStepSchema, {
        startTime: timestampFromDate(new Date(since.getTime() + index * width)),
        deliveredCount: BigInt(row?.delivered ?? 0),
        failedAttemptCount: BigInt(row?.failed ?? 0),
        ...(row && { p50LatencyMs: Math.round(row.p50), p95LatencyMs: Math.round(row.p95) }),
      });
    }),
    failures: failures.map(({ outcome, http_status: httpStatus, count }) =>
      create(FailureCountSchema, { outcome, httpStatus, count: BigInt(count) }),
    ),
  };
}
