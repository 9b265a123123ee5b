import { randomUUID } from "node:crypto";
import { present } from "@coursemesh/platform/testing/failure.ts";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { answer, hang, type Receiver, startReceiver } from "./receiver.ts";
import { callsOf, completed, owner, startWebhook, type WebhookHarness } from "./webhook-harness.ts";

const SLOW = { timeout: 10_000, interval: 20 };

/** Sends nothing, so that leases can be looked at. */
let still: WebhookHarness;
let sending: WebhookHarness;
let receiver: Receiver;

beforeAll(async () => {
  still = await startWebhook({ env: { WEBHOOK_IN_FLIGHT: "0" } });
  sending = await startWebhook();
});
afterAll(async () => {
  await still.stop();
  await sending.stop();
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  receiver.stop();
  for (const harness of [still, sending]) await harness.sql("delete from endpoint");
});

/** An endpoint that answered so fast of late, with events that wait for it. */
async function endpointWith(harness: WebhookHarness, count: number, paceMs: number, policy: object): Promise<string> {
  const { endpoints } = callsOf(harness);
  const made = await endpoints.createEndpoint({ requestId: randomUUID(), endpoint: { url: receiver.url, policy } });
  const { id } = present(made.endpoint);
  await harness.sql("update endpoint_queue set pace_ms = $2 where endpoint_id = $1", [id, paceMs]);
  await harness.publish(...Array.from({ length: count }, () => completed(randomUUID())));
  return id;
}

/** Leases as a process with room for 100 requests would, and answers the lengths of the lanes. */
async function lanes(): Promise<number[]> {
  const [row] = await still.sql<{ claim: { deliveries?: { lane: string }[] } | null }>(
    "select claim_lanes(1000, 10, 0, 15000, 25, 100) as claim",
  );
  return [...Map.groupBy(row?.claim?.deliveries ?? [], ({ lane }) => lane).values()].map(({ length }) => length);
}

it.each([
  ["fast", 1, {}, [25, 25, 25]],
  ["not so fast", 100, {}, [2, 2, 2]],
  ["slow", 400, {}, [1, 1, 1]],
  ["held to a rate", 1, { maxPerMinute: 60_000 }, [1, 1, 1]],
  ["told in order of registrations", 1, { ordering: 2 }, [5, 5, 5]],
  ["told in order", 1, { ordering: 3 }, [25]],
  ["told in order, and slow", 4_000, { ordering: 3 }, [1]],
])("gives a receiver that is %s lanes to fit, and no more until one is free", async (_, paceMs, policy, lengths) => {
  const id = await endpointWith(still, 90, paceMs, { maxConcurrency: 3, ...policy });
  expect(await lanes()).toEqual(lengths);
  await still.sql("update endpoint_queue set wake_at = now() where endpoint_id = $1", [id]);
  expect(await lanes()).toEqual([]);
});

it("spreads few deliveries over all lanes", async () => {
  await endpointWith(still, 4, 1, { maxConcurrency: 3 });
  expect(await lanes()).toEqual([2, 1, 1]);
});

it("sends no more at the same time than allowed, each once, from two processes", async () => {
  const other = await startWebhook({ shared: sending });
  let [now, most] = [0, 0];
  receiver.mood = (_, response) => {
    most = Math.max(most, ++now);
    setImmediate(() => {
      now -= 1;
      response.writeHead(204).end();
    });
  };
  const id = await endpointWith(sending, 200, 1, { maxConcurrency: 3 });
  await vi.waitFor(async () => {
    const delivered = await sending.sql("select from delivery where endpoint_id = $1 and state = 4", [id]);
    expect(delivered).toHaveLength(200);
  }, SLOW);
  expect([receiver.requests.length, most <= 3]).toEqual([200, true]);
  await other.stop();
});

it("lets nothing wait behind a request that hangs", async () => {
  receiver.moods.push(hang);
  const id = await endpointWith(sending, 30, 1, { maxConcurrency: 2, timeoutMs: 8_000 });
  await vi.waitFor(async () => {
    const open = await sending.sql<{ event_id: string }>(
      "select event_id from delivery where endpoint_id = $1 and state <> 4",
      [id],
    );
    expect(open.map(({ event_id }) => event_id)).toEqual([receiver.requests[0]?.id]);
  }, SLOW);
  expect(receiver.requests).toHaveLength(30);
});

it("sends nothing more of a lane to a receiver that asks for a pause", async () => {
  receiver.moods.push(answer(503, { "retry-after": "1" }));
  await endpointWith(sending, 10, 1, { maxConcurrency: 1 });
  await vi.waitFor(() => expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(10), SLOW);
  const [first, second] = receiver.requests;
  expect(present(second).at - present(first).at).toBeGreaterThanOrEqual(990);
});

/** As autovacuum does a little later. */
async function analyze(): Promise<void> {
  const client = new pg.Client({ connectionString: still.test.ownerUrl });
  await client.connect();
  await client.query("analyze");
  await client.end();
}

/** Rows that a session has read of each table, what it has not yet told the statistics included. */
async function rowsRead(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ table: string; read: string }>(
    `select relname as table, seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_xact_user_tables
     where schemaname = 'coursemesh_webhook'`,
  );
  return Object.fromEntries(rows.map(({ table, read }) => [table, Number(read)]));
}

it("finds rows by their indexes, however long the log is", async () => {
  const client = new pg.Client({ connectionString: still.test.urlOf("webhook") });
  await client.connect();
  const entry = (): object => ({
    ...{
      id: randomUUID(),
      type: "registration.completed",
      type_keys: ["registration.completed"],
      schema: "x",
      data: "{}",
    },
    ...{ course_id: "", course_version_id: "", registration_id: randomUUID(), instance_id: "", launch_id: "" },
    ...{ learner_id: "", destination_id: "", dispatch_id: "", import_id: "", actor_id: "", trace_id: "" },
    ...{ occurred_at: new Date().toISOString(), tags: [], tagged: "" },
  });
  const append = (count: number) =>
    client.query("select append_events($1, $2)", [
      owner.organizationId,
      JSON.stringify(Array.from({ length: count }, entry)),
    ]);
  const record = async (): Promise<void> => {
    const { rows } = await client.query("select claim_lanes(1000, 10, 0, 15000, 25, 100) as claim");
    const claim = rows[0]?.claim;
    const results = claim.deliveries.map(({ id, lane }: { id: string; lane: string }) => {
      const attemptId = randomUUID();
      const attempt = {
        ...{
          id: attemptId,
          started_at: new Date().toISOString(),
          outcome: 1,
          http_status: 204,
          latency_ms: 1,
          error: "",
        },
        ...{ ip_address: "", request_url: "", request_headers: {}, request_body: "", response_headers: {} },
        ...{ response_body: "", response_truncated: false, retry_after_seconds: 0 },
      };
      return { id, lane, state: 4, delayMs: 0, toFallback: false, attemptId, attempt };
    });
    const health = [
      { id: claim.endpoint.id, wake: true, succeeded: true, failed: false, error: "", pauseMs: 0, paceMs: 1 },
    ];
    await client.query("select record_results($1, $2)", [JSON.stringify(results), JSON.stringify(health)]);
  };
  await endpointWith(still, 0, 1, { maxConcurrency: 1 });
  for (let turn = 0; turn < 10; turn += 1) await append(100);
  for (let turn = 0; turn < 20; turn += 1) await record();
  await analyze();
  await client.query("begin");
  const before = await rowsRead(client);
  await append(10);
  await record();
  const after = await rowsRead(client);
  await client.query("rollback");
  await client.end();
  // 25 deliveries of a thousand; the whole of a table for each would be tens of thousands.
  expect(after.delivery).toBeGreaterThan(0);
  expect(Object.keys(after).filter((table) => (after[table] ?? 0) - (before[table] ?? 0) > 1_500)).toEqual([]);
});
