import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { anyUnpack } from "@bufbuild/protobuf/wkt";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Database, inSystem, openDatabase } from "../db/database.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-database.ts";
import type { EventBus } from "./event-bus.ts";
import { inProcessBus } from "./in-process-bus.ts";
import { recordEvent } from "./outbox.ts";
import { outboxRelay } from "./outbox-relay.ts";

const tenant = "00000000-0000-7000-8000-000000000001";
const sql = `
  create table outbox (id uuid primary key, tenant_id uuid not null, type text not null, payload bytea not null,
    traceparent text not null default '', occurred_at timestamptz not null default now(), published_at timestamptz);
  alter table outbox enable row level security;
  alter table outbox force row level security;
  create policy tenant on outbox using (
    tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid or current_setting('app.system', true) = 'on'
  );`;

let test: TestDatabase;
let database: Database;
let bus: EventBus;
let seen: string[];
const logger = pino({ level: "silent" });

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "coursemesh-outbox-"));
  await writeFile(join(folder, "0001_outbox.sql"), sql);
  test = await createTestDatabase([{ service: "announcer", migrations: folder }]);
  database = await openDatabase({ url: test.urlOf("announcer"), service: "announcer", entities: [] });
});
beforeEach(async () => {
  await inSystem(database.pool, (client) => client.query("delete from outbox"));
  bus = inProcessBus(1);
  seen = [];
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const announce = (courseId: string): Promise<void> =>
  database
    .tenant(tenant)
    .transactional((em) => recordEvent(em, tenant, CourseDeletedSchema, create(CourseDeletedSchema, { courseId })));
const listen = (): void => {
  bus.subscribe({
    group: "g",
    types: [CourseDeletedSchema.typeName],
    handle: async (event) =>
      void seen.push(event.payload ? (anyUnpack(event.payload, CourseDeletedSchema)?.courseId ?? "") : ""),
  });
};

it("publishes what was recorded, in order and once, with two relays at work", async () => {
  listen();
  for (const id of ["1", "2", "3"]) await announce(id);
  const relays = [outboxRelay(database.pool, bus, logger), outboxRelay(database.pool, bus, logger)];
  const sent = await Promise.all(relays.map((relay) => relay.drain()));
  expect(sent.reduce((sum, it) => sum + it)).toBe(3);
  expect(seen).toEqual(["1", "2", "3"]);
  expect(await relays[0]?.drain()).toBe(0);
});

it("announces nothing of a transaction that failed", async () => {
  listen();
  const failing = database.tenant(tenant).transactional(async (em) => {
    await recordEvent(em, tenant, CourseDeletedSchema, create(CourseDeletedSchema, { courseId: "never" }));
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  expect(await outboxRelay(database.pool, bus, logger).drain()).toBe(0);
});

it("keeps an event whose consumer fails, and publishes it later", async () => {
  const end = bus.subscribe({
    group: "g",
    types: [CourseDeletedSchema.typeName],
    handle: () => Promise.reject(new Error("broken")),
  });
  await announce("1");
  const relay = outboxRelay(database.pool, bus, logger);
  await expect(relay.drain()).rejects.toThrow("broken");
  end();
  listen();
  expect(await relay.drain()).toBe(1);
  expect(seen).toEqual(["1"]);
});

it("removes rows that were published a month ago, and none that wait", async () => {
  const relay = outboxRelay(database.pool, bus, logger);
  await announce("published");
  await relay.drain();
  await announce("waiting");
  expect(await relay.purge()).toBe(0);
  expect(await relay.purge(Date.now() + 31 * 24 * 60 * 60 * 1000)).toBe(1);
});
