import type { EventBus } from "@coursemesh/platform/events/event-bus.ts";
import { eventLogBus } from "@coursemesh/platform/events/event-log-bus.ts";
import { forwardEvents } from "@coursemesh/platform/events/forward-events.ts";
import { eventBusContract, namedEvent, nameOf } from "@coursemesh/platform/testing/event-bus-contract.ts";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { prune } from "../src/event/prune.ts";
import { startWebhook, stranger, type WebhookHarness } from "./webhook-harness.ts";

const types = [CourseDeletedSchema.typeName];
let log: WebhookHarness;
let buses: EventBus[] = [];

beforeAll(async () => {
  log = await startWebhook();
});
afterEach(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  buses = [];
  for (const table of ["consumer", "event", "event_clock"]) await log.sql(`delete from ${table}`);
});
afterAll(() => log.stop());

/** The bus of one more process. */
function processBus(name = "test"): EventBus {
  const { clients, deps } = log.mesh;
  const bus = eventLogBus({ service: name, clients, logger: deps.logger, waitMs: 500, retryMs: 1 });
  bus.subscribe(forwardEvents(name, clients));
  buses.push(bus);
  return bus;
}
/** Collects names of events. */
function collect(bus: EventBus, group: string, more: object = {}): { seen: string[]; end: () => void } {
  const seen: string[] = [];
  const end = bus.subscribe({ group, types, handle: async (event) => void seen.push(nameOf(event)), ...more });
  return { seen, end };
}

eventBusContract("event log bus", async () => processBus());

it("tells one process what another announces, also what it announced while the first was away", async () => {
  const [writer, first] = [processBus("writer"), processBus("reader")];
  const before = collect(first, "g");
  await writer.publishMany([namedEvent("1"), namedEvent("2", stranger.organizationId)]);
  await vi.waitFor(() => expect(before.seen.toSorted()).toEqual(["1", "2"]), 20_000);
  await first.close();
  await writer.publishMany([namedEvent("3"), namedEvent("4")]);
  const after = collect(processBus("reader"), "g");
  await vi.waitFor(() => expect(after.seen).toEqual(["3", "4"]), 20_000);
});

it("tells a group once, however many processes it has, and every process that asks for itself", async () => {
  const [one, other] = [processBus("a"), processBus("b")];
  await one.publish(namedEvent("before"));
  const shared = [collect(one, "shared"), collect(other, "shared")];
  const own = [collect(one, "own 1", { hears: "everyone" }), collect(other, "own 2", { hears: "everyone" })];
  await vi.waitFor(async () => expect(await log.sql("select from consumer where transient")).toHaveLength(2), 20_000);
  const names = Array.from({ length: 40 }, (_, index) => String(index));
  for (const name of names) await one.publish(namedEvent(name));
  await vi.waitFor(() => {
    expect(shared.flatMap(({ seen }) => seen).toSorted()).toEqual(["before", ...names].toSorted());
    for (const { seen } of own) expect(seen).toEqual(names);
  }, 20_000);
});

it("lets other organizations go on while one's events fail, and gives those again in their order", async () => {
  const bus = processBus();
  const seen: string[] = [];
  let broken = true;
  bus.subscribe({
    group: "g",
    types,
    handle: async (event) => {
      if (broken && nameOf(event).startsWith("bad")) throw new Error("not yet");
      seen.push(nameOf(event));
    },
  });
  await bus.publishMany([namedEvent("bad 1"), namedEvent("bad 2"), namedEvent("good", stranger.organizationId)]);
  await vi.waitFor(() => expect(seen).toEqual(["good"]), 20_000);
  broken = false;
  await vi.waitFor(() => expect(seen).toEqual(["good", "bad 1", "bad 2"]), 5_000);
});

it("gives what a process took and died with to the next when the lease is over", async () => {
  const dead = processBus();
  const never = Promise.withResolvers<void>();
  let reached = false;
  const end = dead.subscribe({
    group: "g",
    types,
    handle: () => {
      reached = true;
      return never.promise;
    },
  });
  await dead.publish(namedEvent("1"));
  await vi.waitFor(() => expect(reached).toBe(true), 20_000);
  const next = collect(processBus(), "g");
  await log.sql("update consumer_cursor set next_at = now() where consumer = 'g'");
  await vi.waitFor(() => expect(next.seen).toEqual(["1"]), 20_000);
  // It comes back to life and finishes: nothing is taken twice and nothing moves back.
  end();
  never.resolve();
  await dead.publish(namedEvent("2"));
  await vi.waitFor(() => expect(next.seen).toEqual(["1", "2"]), 20_000);
});

it("carries the payload, the time and the trace unchanged", async () => {
  const bus = processBus();
  const sent = namedEvent("name with \u0000 in it");
  sent.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const seen: (typeof sent)[] = [];
  bus.subscribe({ group: "g", types, handle: async (event) => void seen.push(event) });
  await bus.publish(sent);
  await vi.waitFor(() => expect(seen).toHaveLength(1), 20_000);
  expect(seen[0]).toMatchObject({ id: sent.id, organizationId: sent.organizationId, payload: sent.payload });
  expect(seen[0]?.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  // The log keeps milliseconds.
  expect(seen[0]?.occurredAt?.seconds).toBe(sent.occurredAt?.seconds);
});

it("finishes what it handles when it closes, and says so", async () => {
  const bus = processBus();
  const go = Promise.withResolvers<void>();
  let started = false;
  bus.subscribe({
    group: "g",
    types,
    handle: () => {
      started = true;
      return go.promise;
    },
  });
  await bus.publish(namedEvent("1"));
  await vi.waitFor(() => expect(started).toBe(true), 20_000);
  const closing = bus.close();
  go.resolve();
  await closing;
  const rows = await log.sql(
    "select k.position = c.position as done from consumer_cursor k join event_clock c using (tenant_id)",
  );
  expect(rows).toEqual([{ done: true }]);
});

it("forgets consumers of processes that are gone, and no others", async () => {
  const bus = processBus();
  collect(bus, "kept");
  collect(bus, "gone", { hears: "everyone" });
  await vi.waitFor(async () => expect(await log.sql("select from consumer")).toHaveLength(2), 20_000);
  await bus.close();
  await log.sql("update consumer set heard_at = now() - interval '2 hours'");
  const pool = new pg.Pool({ connectionString: log.test.urlOf("webhook"), max: 1 });
  await prune(pool, { eventDays: 90, deliveryDays: 30 });
  await pool.end();
  expect(await log.sql("select name from consumer")).toEqual([{ name: "kept" }]);
});
