import { create } from "@bufbuild/protobuf";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { DeliveryFailedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import { suspendEndpoint } from "../endpoint/suspend-endpoint.ts";
import { EVENT_TYPES } from "../event-type/event-types.ts";
import { type DeliveryRow, SELECT_DELIVERIES, toDelivery } from "./delivery-row.ts";
import type { NextStep } from "./next-step.ts";
import type { SentAttempt } from "./send.ts";

/** What became of a leased delivery. */
export interface DeliveryResult extends NextStep {
  readonly id: string;
  readonly endpointId: string;
  /** Names the lease. */
  readonly owner: string;
  readonly test: boolean;
  /** Absent: nothing was sent. */
  readonly attempt?: SentAttempt;
  /** The receiver asked for a pause before any other delivery, milliseconds. */
  readonly pauseMs: number;
  /** Days of nothing but failures after which the endpoint is suspended. */
  readonly suspendAfterDays: number;
}

const GONE = 410;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Failures to tell of our own telling would never end. */
const OURS = new Set(
  EVENT_TYPES.flatMap(({ name, schema }) => (schema.typeName.startsWith("coursemesh.webhook.") ? [name] : [])),
);

/** Locks queues. What follows goes by indexes, whatever the tables held when they were last looked at. */
const LOCK = `with plans as materialized (
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
  )
  select from plans cross join lateral (
    select from endpoint_queue where endpoint_id = any($1) order by endpoint_id for update
  ) as queues`;

const CHANGE = `with r as (
    select * from jsonb_to_recordset($1::jsonb) as x(id uuid, owner uuid, state smallint, "delayMs" float8, "toFallback" boolean, attempt jsonb)
    -- Written before by a transaction whose answer was lost.
    where not exists (select from attempt a where a.id = (x.attempt ->> 'id')::uuid)
  ), changed as (
    update delivery d set
      attempt_count = d.attempt_count + (r.attempt is not null)::int,
      last_attempt_id = coalesce((r.attempt ->> 'id')::uuid, d.last_attempt_id),
      tries = case
        when d.lease_owner is distinct from r.owner then d.tries
        when r."toFallback" and not d.to_fallback then 0
        else d.tries + (r.attempt is not null)::int
      end,
      to_fallback = case when d.lease_owner = r.owner then r."toFallback" else d.to_fallback end,
      state = case when d.lease_owner = r.owner then r.state else d.state end,
      next_attempt_at = case when d.lease_owner = r.owner then now() + make_interval(secs => r."delayMs" / 1000) else d.next_attempt_at end,
      ended_at = case when d.lease_owner = r.owner and r.state in (4, 5) then now() else d.ended_at end,
      lease_owner = case when d.lease_owner = r.owner then null else d.lease_owner end,
      changed_at = clock_timestamp()
    from r where d.id = r.id
    returning d.id, d.tenant_id, d.endpoint_id, d.event_type, d.attempt_count, d.test_data is not null as test,
      old.lease_owner = r.owner as held, r.state, r.attempt
  ), written as (
    insert into attempt (
      id, tenant_id, delivery_id, endpoint_id, number, started_at, outcome, http_status, latency_ms, error, ip_address, request_url,
      request_headers, request_body, response_headers, response_body, response_truncated, retry_after_seconds
    )
    select x.id, c.tenant_id, c.id, c.endpoint_id, c.attempt_count, x.started_at, x.outcome, x.http_status, x.latency_ms, x.error,
      x.ip_address, x.request_url, x.request_headers, x.request_body, x.response_headers, x.response_body, x.response_truncated,
      x.retry_after_seconds
    from changed c cross join lateral jsonb_to_record(c.attempt) as x(
      id uuid, started_at timestamptz, outcome smallint, http_status int, latency_ms int, error text, ip_address text, request_url text,
      request_headers jsonb, request_body text, response_headers jsonb, response_body text, response_truncated boolean,
      retry_after_seconds int
    ) where c.attempt is not null
  )
  select id, tenant_id, event_type, test, state from changed where held`;

const CHANGE_QUEUES = `with used as (
    update secret s set last_used_at = now()
    from jsonb_to_recordset($1::jsonb) as x(id uuid)
    where s.endpoint_id = x.id and (s.expires_at is null or s.expires_at > now())
      and (s.last_used_at is null or s.last_used_at < now() - interval '1 minute')
  )
  update endpoint_queue q set
    wake_at = least(q.wake_at, greatest(now(), now() + make_interval(secs => x."pauseMs" / 1000))),
    paused_until = case when x."pauseMs" > 0 then greatest(q.paused_until, now() + make_interval(secs => x."pauseMs" / 1000)) else q.paused_until end,
    failing_since = case when x.succeeded then null when x.failed then coalesce(q.failing_since, now()) else q.failing_since end,
    last_success_at = case when x.succeeded then now() else q.last_success_at end,
    last_failure_at = case when x.failed then now() else q.last_failure_at end,
    last_error = case when x.failed then x.error else q.last_error end
  from jsonb_to_recordset($1::jsonb) as x(id uuid, succeeded boolean, failed boolean, error text, "pauseMs" float8)
  where q.endpoint_id = x.id returning q.endpoint_id, q.failing_since`;

/**
 * Writes what became of deliveries in one transaction: attempts, states, health of endpoints, and what is to be announced. Whoever lost a
 * lease leaves the attempt in the history and changes nothing else. @param key opens header fields of endpoints
 */
export function recordResults(pool: pg.Pool, key: Buffer, results: readonly DeliveryResult[]): Promise<void> {
  return inSystem(pool, async (client) => {
    const ids = [...new Set(results.map(({ endpointId }) => endpointId))];
    // Queues come before deliveries, and in the order of their ids, as everywhere: nobody waits crosswise.
    await client.query(LOCK, [ids]);
    const { rows } = await client.query<{
      id: string;
      tenant_id: string;
      event_type: string;
      test: boolean;
      state: number;
    }>(CHANGE, [JSON.stringify(results)]);
    const lost = rows.filter((row) => row.state === DeliveryState.FAILED && !row.test && !OURS.has(row.event_type));
    if (lost.length > 0) await announceFailures(client, lost);
    const { rows: queues } = await client.query<{ endpoint_id: string; failing_since: Date | null }>(CHANGE_QUEUES, [
      JSON.stringify(ids.map((id) => healthChange(id, results))),
    ]);
    for (const queue of queues) {
      const reason = reasonToSuspend(
        queue.failing_since,
        results.filter((it) => it.endpointId === queue.endpoint_id),
      );
      if (reason) await suspendEndpoint(client, key, queue.endpoint_id, reason);
    }
  });
}

function healthChange(id: string, results: readonly DeliveryResult[]): object {
  const own = results.filter((result) => result.endpointId === id && !result.test);
  const attempts = own.flatMap(({ attempt }) => attempt ?? []);
  const failures = attempts.filter(({ outcome }) => outcome !== AttemptOutcome.DELIVERED);
  return {
    id,
    succeeded: failures.length < attempts.length,
    failed: failures.length > 0,
    error: failures.at(-1)?.error ?? "",
    pauseMs: Math.max(0, ...own.map(({ pauseMs }) => pauseMs)),
  };
}

/** Why an endpoint gets nothing more until somebody has looked at it. */
function reasonToSuspend(failingSince: Date | null, results: readonly DeliveryResult[]): string | undefined {
  const real = results.filter(({ test }) => !test);
  if (real.some(({ attempt }) => attempt?.http_status === GONE)) return "The receiver answered 410 Gone.";
  const days = Math.min(...real.map(({ suspendAfterDays }) => suspendAfterDays));
  if (failingSince === null || Date.now() - failingSince.getTime() < days * DAY_MS) return undefined;
  return `Nothing could be delivered since ${failingSince.toISOString().slice(0, 16).replace("T", " ")} UTC.`;
}

async function announceFailures(client: pg.ClientBase, lost: readonly { id: string }[]): Promise<void> {
  const { rows } = await client.query<DeliveryRow>(`${SELECT_DELIVERIES} where d.id = any($1)`, [
    lost.map(({ id }) => id),
  ]);
  for (const row of rows) {
    const event = create(DeliveryFailedSchema, { delivery: toDelivery(row) });
    await announce(client, row.tenant_id, DeliveryFailedSchema, event);
  }
}
