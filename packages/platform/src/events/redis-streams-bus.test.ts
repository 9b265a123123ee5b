import { randomUUID } from "node:crypto";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { eventBusContract, namedEvent, nameOf } from "../testing/event-bus-contract.ts";
import { hasRedis, startRedis, type TestRedis } from "../testing/redis-server.ts";
import type { EventBus } from "./event-bus.ts";
import { redisStreamsBus } from "./redis-streams-bus.ts";

const types = [CourseDeletedSchema.typeName];
const logger = pino({ level: "silent" });

describe.skipIf(!hasRedis())("with Redis", () => {
  let server: TestRedis;
  let stream = "";
  let buses: EventBus[] = [];
  beforeAll(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    buses = [];
    stream = "";
  });
  afterAll(() => server.stop());

  /** The bus of one more process on the same stream. */
  const processBus = (): EventBus => {
    stream ||= randomUUID();
    const bus = redisStreamsBus({ url: server.url, logger, stream, retryMs: 1, claimAfterMs: 300 });
    buses.push(bus);
    return bus;
  };
  const collect = (bus: EventBus, group: string, more: object = {}): string[] => {
    const seen: string[] = [];
    bus.subscribe({ group, types, handle: async (event) => void seen.push(nameOf(event)), ...more });
    return seen;
  };

  eventBusContract("Redis streams bus", async () => processBus());

  it("tells one process what another announced while it was away", async () => {
    const writer = processBus();
    await writer.publishMany([namedEvent("1"), namedEvent("2")]);
    const first = processBus();
    const before = collect(first, "g");
    await vi.waitFor(() => expect(before).toEqual(["1", "2"]), 20_000);
    await first.close();
    await writer.publish(namedEvent("3"));
    const after = collect(processBus(), "g");
    await vi.waitFor(() => expect(after).toEqual(["3"]), 20_000);
  });

  it("tells every process that asks for itself what happens from then on", async () => {
    const writer = processBus();
    await writer.publish(namedEvent("before"));
    const own = [collect(processBus(), "a", { hears: "everyone" }), collect(processBus(), "b", { hears: "everyone" })];
    await vi.waitFor(async () => {
      await writer.publish(namedEvent("now"));
      for (const seen of own) expect(new Set(seen)).toEqual(new Set(["now"]));
    }, 5_000);
  });

  it("gives what a process took and never acknowledged to the next", async () => {
    const dead = processBus();
    const reached = Promise.withResolvers<void>();
    dead.subscribe({ group: "g", types, handle: () => new Promise(() => reached.resolve()) });
    await dead.publish(namedEvent("1"));
    await reached.promise;
    // It hangs for good, so nobody waits for it.
    buses = buses.filter((bus) => bus !== dead);
    const next = collect(processBus(), "g");
    await vi.waitFor(() => expect(next).toEqual(["1"]), 5_000);
  });

  it("counts an event as published only when its own process and Redis have it", async () => {
    const bus = processBus();
    const seen = collect(bus, "g");
    const end = bus.subscribe({
      group: "log",
      types,
      hears: "publisher",
      handle: () => Promise.reject(new Error("away")),
    });
    await expect(bus.publish(namedEvent("1"))).rejects.toThrow("away");
    end();
    await bus.publish(namedEvent("2"));
    await vi.waitFor(() => expect(seen).toEqual(["2"]), 20_000);
    const nowhere = redisStreamsBus({ url: "redis://127.0.0.1:1/0", logger, retryMs: 1 });
    await expect(nowhere.publish(namedEvent("3"))).rejects.toThrow();
    await nowhere.close();
  });
});
