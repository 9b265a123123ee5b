import { create } from "@bufbuild/protobuf";
import { inSystem } from "@coursemesh/platform/db/database.ts";
import { announce } from "@coursemesh/platform/events/outbox.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { DeliveryFailedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import type pg from "pg";
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
  readonly lane: string;
  /** It was the last of its lane. */
  readonly laneOver: boolean;
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

/**
 * Writes what became of deliveries in one transaction: attempts, states, health of endpoints, and what is to be announced. Whoever lost a
 * lease leaves the attempt in the history and changes nothing else. @param key opens header fields of endpoints
 */
export async function recordResults(pool: pg.Pool, key: Buffer, results: readonly DeliveryResult[]): Promise<void> {
  // Where nothing failed there is nothing to announce, and one call is a transaction.
  if (!results.some(hasFailed)) return void (await write(pool, results));
  await inSystem(pool, async (client) => {
    const { failed, failing } = await write(client, results);
    const lost = failed.filter(({ eventType }) => !OURS.has(eventType));
    if (lost.length > 0) await announceFailures(client, lost);
    const since = new Map(failing.map((endpoint) => [endpoint.id, new Date(endpoint.since)]));
    for (const [id, own] of Map.groupBy(results, ({ endpointId }) => endpointId)) {
      const reason = reasonToSuspend(since.get(id), own);
      if (reason) await suspendEndpoint(client, key, id, reason);
    }
  });
}

function hasFailed({ state, attempt }: DeliveryResult): boolean {
  return state === DeliveryState.FAILED || (attempt !== undefined && attempt.outcome !== AttemptOutcome.DELIVERED);
}

/** What {@link write} answers: deliveries that failed for good, and endpoints that have only failed since when. */
interface Written {
  readonly failed: readonly { readonly id: string; readonly eventType: string }[];
  readonly failing: readonly { readonly id: string; readonly since: string }[];
}

async function write(client: pg.Pool | pg.ClientBase, results: readonly DeliveryResult[]): Promise<Written> {
  const changes = results.map((result) => ({ ...result, attemptId: result.attempt?.id }));
  const health = [...Map.groupBy(results, ({ endpointId }) => endpointId)].map(healthChange);
  const { rows } = await client.query<{ written: Written }>({
    name: "record_results",
    text: "select record_results($1, $2) as written",
    values: [JSON.stringify(changes), JSON.stringify(health)],
  });
  return rows[0]?.written ?? { failed: [], failing: [] };
}

function healthChange([id, results]: [string, DeliveryResult[]]): object {
  const own = results.filter(({ test }) => !test);
  const attempts = own.flatMap(({ attempt }) => attempt ?? []);
  const failures = attempts.filter(({ outcome }) => outcome !== AttemptOutcome.DELIVERED);
  const latency = attempts.reduce((sum, attempt) => sum + attempt.latency_ms, 0);
  return {
    id,
    // A lane that is free, or a delivery whose next time is to be known.
    wake: own.some((result) => result.laneOver || result.attempt === undefined || hasFailed(result)),
    succeeded: failures.length < attempts.length,
    failed: failures.length > 0,
    error: failures.at(-1)?.error ?? "",
    pauseMs: Math.max(0, ...own.map(({ pauseMs }) => pauseMs)),
    paceMs: attempts.length > 0 ? latency / attempts.length : undefined,
  };
}

/** Why an endpoint gets nothing more until somebody has looked at it. */
function reasonToSuspend(failingSince: Date | undefined, results: readonly DeliveryResult[]): string | undefined {
  const real = results.filter(({ test }) => !test);
  if (real.some(({ attempt }) => attempt?.http_status === GONE)) return "The receiver answered 410 Gone.";
  const days = Math.min(...real.map(({ suspendAfterDays }) => suspendAfterDays));
  if (failingSince === undefined || Date.now() - failingSince.getTime() < days * DAY_MS) return undefined;
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
