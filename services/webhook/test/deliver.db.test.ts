import { randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { AttemptOutcome, DeliveryState } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointStatus, MissedEvents, Ordering } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { prune } from "../src/event/prune.ts";
import { answer, hang, isSignedWith, type Receiver, reset, startReceiver } from "./receiver.ts";
import {
  callsOf,
  completed,
  envelope,
  progressed,
  startWebhook,
  stranger,
  type WebhookHarness,
} from "./webhook-harness.ts";

const SLOW = { timeout: 10_000, interval: 20 };

let harness: WebhookHarness;
let receiver: Receiver;

beforeAll(async () => {
  harness = await startWebhook();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  receiver.stop();
  await harness.sql("delete from endpoint");
});

async function endpoint(policy: object = {}, more: object = {}) {
  const { endpoints } = callsOf(harness);
  const { endpoint, secret } = await endpoints.createEndpoint({
    requestId: randomUUID(),
    endpoint: { url: receiver.url, policy, ...more },
  });
  return { id: present(endpoint).id, secret };
}
const deliveriesOf = async (endpointId: string) =>
  (await callsOf(harness).deliveries.listDeliveries({ endpointId })).deliveries;
const historyOf = async (endpointId: string) => {
  const [delivery] = await deliveriesOf(endpointId);
  return callsOf(harness).deliveries.getDelivery({ id: present(delivery).id });
};
const ends = (endpointId: string, state: DeliveryState, count = 1) =>
  vi.waitFor(async () => {
    const found = await deliveriesOf(endpointId);
    expect(found.map((it) => it.state)).toEqual(Array(count).fill(state));
  }, SLOW);

it("tells an endpoint what happened, signed after Standard Webhooks, with the event's id", async () => {
  const { id, secret } = await endpoint({}, { headers: { "X-Key": "k3y" } });
  const event = completed(randomUUID(), { result: { progress: 1 } });
  await harness.publish(event, event);
  await ends(id, DeliveryState.DELIVERED);
  const [request] = receiver.requests;
  expect(receiver.requests).toHaveLength(1);
  expect([
    isSignedWith(present(request), secret),
    isSignedWith(present(request), `whsec_${btoa("x".repeat(32))}`),
  ]).toEqual([true, false]);
  expect(request?.headers).toMatchObject({
    "webhook-id": event.id,
    "content-type": "application/json",
    "x-key": "k3y",
  });
  expect(JSON.parse(request?.body ?? "")).toMatchObject({
    id: event.id,
    type: "registration.completed",
    data: { change: { result: { progress: 1 } } },
  });
  const { attempts, event: kept } = await historyOf(id);
  expect(attempts).toMatchObject([
    { number: 1, outcome: AttemptOutcome.DELIVERED, httpStatus: 204, ipAddress: "127.0.0.1" },
  ]);
  expect(attempts[0]?.requestHeaders["X-Key"]).not.toContain("k3y");
  expect(kept?.type).toBe("registration.completed");
});

it.each([
  ["fails", answer(500, {}, "no"), AttemptOutcome.HTTP_STATUS, 500],
  ["resets the connection", reset, AttemptOutcome.CONNECTION, 0],
  ["hangs", hang, AttemptOutcome.TIMEOUT, 0],
  ["redirects inside", answer(307, { location: "http://169.254.169.254/" }), AttemptOutcome.REDIRECT, 307],
])("tries again when the receiver %s, with the same id and body", async (_, mood, outcome, status) => {
  const { id } = await endpoint({ timeoutMs: 200 });
  receiver.moods.push(mood);
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED);
  const { attempts } = await historyOf(id);
  expect(attempts.map((it) => [it.number, it.outcome, it.httpStatus])).toEqual([
    [1, outcome, status],
    [2, AttemptOutcome.DELIVERED, 204],
  ]);
  expect(new Set(receiver.requests.map((it) => `${it.id} ${it.body}`)).size).toBe(1);
});

it("waits for a slow answer, and keeps no more of a long one than it should", async () => {
  const { id } = await endpoint();
  receiver.moods.push((_request, response) => void setTimeout(() => response.end("x".repeat(100_000)), 150));
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED);
  const { attempts } = await historyOf(id);
  expect(attempts[0]).toMatchObject({ httpStatus: 200, responseTruncated: true });
  expect(attempts[0]?.responseBody).toHaveLength(64 * 1024);
  expect(attempts[0]?.latencyMs).toBeGreaterThanOrEqual(140);
});

it("gives up after the last attempt, and says so in the log, but not of its own telling", async () => {
  receiver.mood = answer(500);
  const { id } = await endpoint({ maxAttempts: 3 }, { filter: { types: ["registration.*", "delivery.failed"] } });
  const event = completed(randomUUID());
  await harness.publish(event);
  await vi.waitFor(async () => {
    const states = (await deliveriesOf(id)).map((it) => [it.eventType, it.state, it.attemptCount]);
    expect(states).toEqual([
      ["delivery.failed", DeliveryState.FAILED, 3],
      ["registration.completed", DeliveryState.FAILED, 3],
    ]);
  }, SLOW);
  const failures = (await harness.sql<{ data: string }>("select data from event where type = 'delivery.failed'")).map(
    ({ data }) => JSON.parse(data).delivery,
  );
  expect(failures.filter((it) => it.endpointId === id)).toMatchObject([{ eventId: event.id, attemptCount: 3 }]);
});

it("comes back no sooner than the receiver asks, with any delivery", async () => {
  const { id } = await endpoint({});
  receiver.moods.push(answer(429, { "retry-after": "1" }));
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(async () => expect((await deliveriesOf(id))[0]?.state).toBe(DeliveryState.RETRYING), SLOW);
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED, 2);
  const [first, ...others] = receiver.requests;
  expect(others).toHaveLength(2);
  for (const { at } of others) expect(at - present(first).at).toBeGreaterThan(950);
});

it("suspends an endpoint that is gone, tells its organization, and keeps what comes until it is on again", async () => {
  const { endpoints } = callsOf(harness);
  const { id } = await endpoint({});
  receiver.moods.push(answer(410));
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(
    async () => expect((await endpoints.getEndpoint({ id })).endpoint?.status).toBe(EndpointStatus.SUSPENDED),
    SLOW,
  );
  await harness.publish(completed(randomUUID()));
  expect((await deliveriesOf(id)).map((it) => it.state)).toEqual([DeliveryState.HELD, DeliveryState.HELD]);
  await vi.waitFor(async () => {
    const told = await harness.sql(
      "select 1 from event where type = 'endpoint.suspended' and data like '%' || $1 || '%'",
      [id],
    );
    expect(told).toHaveLength(1);
  }, SLOW);
  const { endpoint: on, missedCount } = await endpoints.enableEndpoint({ id, missed: MissedEvents.DELIVER });
  expect([on?.status, missedCount]).toEqual([EndpointStatus.ACTIVE, 2n]);
  await ends(id, DeliveryState.DELIVERED, 2);
});

it("suspends an endpoint after days of nothing but failures, and drops what was missed when told to", async () => {
  const { endpoints } = callsOf(harness);
  receiver.mood = answer(503);
  const { id } = await endpoint({ maxAttempts: 100, maxDelayMs: 1_000, firstDelayMs: 300, suspendAfterDays: 2 });
  await harness.publish(completed(randomUUID()));
  await vi.waitFor(
    async () => expect((await endpoints.getEndpoint({ id })).endpoint?.status).toBe(EndpointStatus.FAILING),
    SLOW,
  );
  await harness.sql("update endpoint_queue set failing_since = now() - interval '49 hours' where endpoint_id = $1", [
    id,
  ]);
  await vi.waitFor(async () => {
    const { endpoint } = await endpoints.getEndpoint({ id });
    expect([endpoint?.status, endpoint?.statusReason]).toEqual([
      EndpointStatus.SUSPENDED,
      expect.stringContaining("since"),
    ]);
  }, SLOW);
  expect((await endpoints.enableEndpoint({ id, missed: MissedEvents.DROP })).missedCount).toBe(1n);
  await ends(id, DeliveryState.CANCELED);
});

it("delivers one registration's events in order when asked, though the first fails, and others meanwhile", async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const { id } = await endpoint({ ordering: Ordering.PER_REGISTRATION, firstDelayMs: 2_000, maxDelayMs: 2_000 });
  receiver.moods.push(answer(500));
  const events = [progressed(one, 1), progressed(one, 2), completed(one), completed(two)];
  await harness.publish(...events.slice(0, 1));
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), SLOW);
  await harness.publish(...events.slice(1));
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), SLOW);
  expect(
    (await deliveriesOf(id))
      .map((it) => it.state)
      .toReversed()
      .slice(0, 3),
  ).toEqual([DeliveryState.RETRYING, DeliveryState.HELD, DeliveryState.HELD]);
  await ends(id, DeliveryState.DELIVERED, 4);
  const order = receiver.requests.map((it) => events.findIndex((event) => event.id === it.id));
  expect(order).toEqual([0, 3, 0, 1, 2]);
});

it("delivers all in the order of the log when asked, from two processes", async () => {
  const other = await startWebhook({ shared: harness });
  const { id } = await endpoint({ ordering: Ordering.ALL });
  const events = Array.from({ length: 60 }, (_, index) => progressed(randomUUID(), index));
  let count = 0;
  receiver.mood = (_request, response) => void response.writeHead(++count % 7 === 0 ? 500 : 204).end();
  for (let at = 0; at < events.length; at += 10) await harness.publish(...events.slice(at, at + 10));
  await vi.waitFor(() => expect(new Set(receiver.requests.map((it) => it.id)).size).toBe(60), SLOW);
  const first = [...new Set(receiver.requests.map((it) => it.id))];
  expect(first).toEqual(events.map((event) => event.id));
  await vi.waitFor(
    async () =>
      expect(await harness.sql("select 1 from delivery where endpoint_id = $1 and state <> 4", [id])).toEqual([]),
    SLOW,
  );
  await other.stop();
});

it("sends each attempt from one process only, and no more at a time or a minute than allowed", async () => {
  const other = await startWebhook({ shared: harness });
  let now = 0;
  let most = 0;
  receiver.mood = (_request, response) => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now -= 1;
      response.writeHead(204).end();
    }, 5);
  };
  const { id } = await endpoint({ maxConcurrency: 3 });
  await harness.publish(...Array.from({ length: 80 }, () => completed(randomUUID())));
  await vi.waitFor(
    async () =>
      expect(await harness.sql("select 1 from delivery where endpoint_id = $1 and state = 4", [id])).toHaveLength(80),
    SLOW,
  );
  expect([receiver.requests.length, most <= 3]).toEqual([80, true]);
  await other.stop();

  const limited = await endpoint({ maxPerMinute: 240 });
  await harness.sql("delete from endpoint where id = $1", [id]);
  receiver.requests.length = 0;
  await harness.publish(...Array.from({ length: 8 }, () => completed(randomUUID())));
  await ends(limited.id, DeliveryState.DELIVERED, 8);
  // 240 a minute is 4 at once and one each 250 ms.
  expect(present(receiver.requests[7]).at - present(receiver.requests[0]).at).toBeGreaterThan(900);
});

it("takes over what a dead process had begun, when its lease is over", async () => {
  const { id } = await endpoint({});
  receiver.moods.push(answer(500));
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED);
  expect(receiver.requests).toHaveLength(2);
  await harness.sql(
    "update delivery set state = 2, lease_owner = uuidv7(), next_attempt_at = now() + interval '300 ms' where endpoint_id = $1",
    [id],
  );
  await harness.sql("update endpoint_queue set wake_at = now() + interval '300 ms' where endpoint_id = $1", [id]);
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(3), SLOW);
  await ends(id, DeliveryState.DELIVERED);
});

it("tells only those who asked: by type, course and tag, and of their own organization", async () => {
  const courseId = randomUUID();
  const wanted = await endpoint({}, { filter: { types: ["registration.*"], courseIds: [courseId], tags: ["Safety"] } });
  const { CourseUpdatedSchema } = await import("@coursemesh/proto/coursemesh/course/v1/events_pb.ts");
  await harness.publish(envelope(CourseUpdatedSchema, { course: { id: courseId, tags: ["safety"] } }));
  const yes = completed(randomUUID(), { courseId });
  await harness.publish(
    completed(randomUUID(), { courseId: randomUUID() }),
    yes,
    completed(randomUUID(), { courseId }, stranger.organizationId),
  );
  await ends(wanted.id, DeliveryState.DELIVERED);
  expect(receiver.requests.map((it) => it.id)).toEqual([yes.id]);
  const theirs = callsOf(harness, stranger);
  const [delivery] = await deliveriesOf(wanted.id);
  for (const call of [
    () => theirs.endpoints.getEndpoint({ id: wanted.id }),
    () => theirs.endpoints.disableEndpoint({ id: wanted.id }),
    () => theirs.endpoints.testEndpoint({ id: wanted.id }),
    () => theirs.secrets.rotateSecret({ requestId: randomUUID(), endpointId: wanted.id }),
  ])
    expect((await failure(call())).reason).toBe("ENDPOINT_NOT_FOUND");
  const id = present(delivery).id;
  for (const call of [
    () => theirs.deliveries.getDelivery({ id }),
    () => theirs.deliveries.resendDelivery({ requestId: randomUUID(), id }),
    () => theirs.deliveries.cancelDelivery({ id }),
  ])
    expect((await failure(call())).reason).toBe("DELIVERY_NOT_FOUND");
  expect((await theirs.deliveries.listDeliveries({})).deliveries).toEqual([]);
  await theirs.endpoints.deleteEndpoint({ id: wanted.id });
  expect((await callsOf(harness).endpoints.getEndpoint({ id: wanted.id })).endpoint?.id).toBe(wanted.id);
});

it("sends a delivery again on request, once for a request, and gives one up", async () => {
  const { deliveries } = callsOf(harness);
  const { id } = await endpoint({});
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED);
  const [delivery] = await deliveriesOf(id);
  const again = { requestId: randomUUID(), id: present(delivery).id };
  await deliveries.resendDelivery(again);
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(2), SLOW);
  await ends(id, DeliveryState.DELIVERED);
  await deliveries.resendDelivery(again);
  expect((await deliveries.getDelivery({ id: again.id })).delivery).toMatchObject({
    state: DeliveryState.DELIVERED,
    attemptCount: 2,
  });
  expect(new Set(receiver.requests.map((it) => it.id)).size).toBe(1);
  await callsOf(harness).endpoints.disableEndpoint({ id });
  await harness.publish(completed(randomUUID()));
  const [held] = await deliveriesOf(id);
  expect(held?.state).toBe(DeliveryState.HELD);
  expect((await deliveries.cancelDelivery({ id: present(held).id })).delivery?.state).toBe(DeliveryState.CANCELED);
  expect((await deliveries.cancelDelivery({ id: again.id })).delivery?.state).toBe(DeliveryState.DELIVERED);
});

it("shows deliveries as they change", async () => {
  const { id } = await endpoint({});
  const stop = new AbortController();
  const stream = callsOf(harness).deliveries.streamDeliveries({ endpointId: id }, { signal: stop.signal });
  const seen: DeliveryState[] = [];
  const reading = (async () => {
    for await (const { deliveries } of stream) {
      seen.push(...deliveries.map((it) => it.state));
      if (deliveries.length === 0) await harness.publish(completed(randomUUID()));
      if (seen.includes(DeliveryState.DELIVERED)) return;
    }
  })();
  await reading;
  stop.abort();
  expect(seen.at(-1)).toBe(DeliveryState.DELIVERED);
});

it("forgets deliveries that ended long ago with their attempts, and none that wait", async () => {
  const { id } = await endpoint();
  await harness.publish(completed(randomUUID()));
  await ends(id, DeliveryState.DELIVERED);
  await callsOf(harness).endpoints.disableEndpoint({ id });
  await harness.publish(completed(randomUUID()));
  const pool = new pg.Pool({ connectionString: harness.test.urlOf("webhook"), max: 1 });
  const days = { eventDays: 1_000, deliveryDays: 30 };
  await prune(pool, days);
  expect(await deliveriesOf(id)).toHaveLength(2);
  await prune(pool, days, Date.now() + 31 * 24 * 60 * 60 * 1000);
  await pool.end();
  expect((await deliveriesOf(id)).map((it) => it.state)).toEqual([DeliveryState.HELD]);
  expect(await harness.sql("select 1 from attempt where endpoint_id = $1", [id])).toEqual([]);
});

it("goes on when the database drops every connection, again and again", async () => {
  const { id } = await endpoint({ timeoutMs: 1_000 });
  const events = Array.from({ length: 120 }, () => completed(randomUUID()));
  const admin = new pg.Client({ connectionString: harness.test.ownerUrl });
  await admin.connect();
  receiver.mood = (_request, response) => void setTimeout(() => response.writeHead(204).end(), 5);
  await harness.publish(...events);
  for (let drop = 0; drop < 3; drop += 1) {
    const before = receiver.requests.length;
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(before), SLOW);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  }
  await admin.end();
  await vi.waitFor(() => expect(new Set(receiver.requests.map((it) => it.id)).size).toBe(120), SLOW);
  await vi.waitFor(async () => {
    const open = await harness.sql("select 1 from delivery where endpoint_id = $1 and state <> 4", [id]);
    expect(open).toEqual([]);
  }, SLOW);
});
