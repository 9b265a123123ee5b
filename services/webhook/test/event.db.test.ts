import { randomUUID } from "node:crypto";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { CourseUpdatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { EventService } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { prune } from "../src/event/prune.ts";
import {
  callsOf,
  completed,
  envelope,
  owner,
  progressed,
  startWebhook,
  stranger,
  type WebhookHarness,
} from "./webhook-harness.ts";

let harness: WebhookHarness;
let calls: ReturnType<typeof callsOf>;

beforeAll(async () => {
  harness = await startWebhook();
  calls = callsOf(harness);
});
afterAll(() => harness.stop());
beforeEach(async () => {
  await harness.sql("delete from event");
  await harness.sql("delete from event_clock");
});

/** Everything behind a cursor, page by page. */
async function readAll(afterCursor = "", limit = 7): Promise<{ ids: string[]; cursor: string }> {
  const ids: string[] = [];
  for (let cursor = afterCursor; ; ) {
    const page = await calls.events.listEvents({ afterCursor: cursor, limit });
    ids.push(...page.events.map((it) => it.id));
    cursor = page.nextCursor;
    if (!page.more) return { ids, cursor };
  }
}

it("keeps every event once, with what it is about, and shows each only to its organization", async () => {
  const event = completed("00000000-0000-7000-8000-0000000000a1", {
    courseId: "00000000-0000-7000-8000-0000000000c1",
    launchId: "L",
  });
  event.traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
  await harness.publish(event, event);
  const append = () =>
    as(serviceCaller("runtime"), () =>
      harness.mesh.clients.of(EventService).appendEvents({ events: [event, progressed(randomUUID())] }),
    );
  expect((await append()).knownIds).toEqual([event.id]);
  expect((await readAll()).ids).toHaveLength(2);
  expect((await calls.events.getEvent({ id: event.id })).event).toMatchObject({
    type: "registration.completed",
    schema: "coursemesh.runtime.v1.RegistrationCompleted",
    subject: {
      registrationId: "00000000-0000-7000-8000-0000000000a1",
      courseId: "00000000-0000-7000-8000-0000000000c1",
    },
    actorId: "L",
    traceId: "a".repeat(32),
    data: { change: { launchId: "L" } },
  });
  const theirs = callsOf(harness, stranger).events;
  expect((await theirs.listEvents({})).events).toEqual([]);
  expect((await failure(theirs.getEvent({ id: event.id }))).reason).toBe("EVENT_NOT_FOUND");
  const { nextCursor } = await calls.events.listEvents({});
  for (const afterCursor of [nextCursor, "nonsense", "1.2"])
    expect((await failure(theirs.listEvents({ afterCursor }))).reason).toBe("CURSOR_INVALID");
});

it("gives whoever reads on by cursor every event once, though writers come and go meanwhile", async () => {
  const other = await startWebhook({ shared: harness });
  const written: string[] = [];
  const write = async (to: WebhookHarness, rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) {
      const events = Array.from({ length: 1 + (round % 4) }, () => progressed(randomUUID()));
      await to.publish(...events);
      written.push(...events.map((it) => it.id));
    }
  };
  let writing = true;
  const writers = Promise.all([write(harness, 25), write(other, 25), write(harness, 25)]).finally(() => {
    writing = false;
  });
  const seen: string[] = [];
  let cursor = "";
  while (writing) {
    const part = await readAll(cursor, 5);
    seen.push(...part.ids);
    cursor = part.cursor;
  }
  await writers;
  seen.push(...(await readAll(cursor)).ids);
  expect(seen.toSorted()).toEqual(written.toSorted());
  expect((await readAll()).ids).toEqual(seen);
  await other.stop();
});

it("never lets an event appear behind a cursor when its writer commits late", async () => {
  await harness.publish(progressed(randomUUID()));
  const slow = new pg.Client({ connectionString: harness.test.urlOf("webhook") });
  await slow.connect();
  await slow.query("begin");
  await slow.query("select set_config('app.tenant_id', $1, true)", [owner.organizationId]);
  const late = randomUUID();
  const entry = {
    id: late,
    type: "a.b",
    type_keys: ["a.b"],
    schema: "x",
    occurred_at: new Date(),
    data: "{}",
    tags: [],
    tagged: "",
  };
  const empty = Object.fromEntries(
    [
      "course",
      "course_version",
      "registration",
      "instance",
      "launch",
      "learner",
      "destination",
      "dispatch",
      "import",
      "actor",
      "trace",
    ].map((it) => [`${it}_id`, ""]),
  );
  await slow.query("select append_events($1, $2)", [owner.organizationId, JSON.stringify([{ ...empty, ...entry }])]);
  const fast = progressed(randomUUID());
  const publishing = harness.publish(fast);
  const { cursor } = await readAll();
  await slow.query("commit");
  await slow.end();
  await publishing;
  expect((await readAll(cursor)).ids).toEqual([late, fast.id]);
});

it("streams from a cursor and then what happens", async () => {
  const [one, two, three] = [progressed(randomUUID()), progressed(randomUUID()), progressed(randomUUID())];
  await harness.publish(one);
  const { cursor } = await readAll();
  await harness.publish(two);
  const seen: string[] = [];
  const stop = new AbortController();
  for await (const { events } of calls.events.streamEvents({ afterCursor: cursor }, { signal: stop.signal })) {
    seen.push(...events.map((it) => it.id));
    if (seen.length === 1) await harness.publish(three);
    if (seen.length === 2) break;
  }
  stop.abort();
  expect(seen).toEqual([two.id, three.id]);
});

it("filters, searches and counts", async () => {
  const courseId = randomUUID();
  await harness.publish(envelope(CourseUpdatedSchema, { course: { id: courseId, tags: ["Red"] } }));
  const events: EventEnvelope[] = [
    completed("r-1", { courseId }),
    progressed("r-2", 1, { learnerId: "Ann 100%" }),
    completed("r-3"),
  ];
  await harness.publish(...events);
  const [one, two, three] = events.map((it) => it.id);
  const list = async (filter: object) => (await calls.events.listEvents({ filter })).events.map((it) => it.id);
  expect(await list({ types: ["registration.completed"] })).toEqual([one, three]);
  expect(await list({ types: ["registration.*"], courseIds: [courseId.toUpperCase()] })).toEqual([one]);
  expect(await list({ types: ["registration.*"], tags: ["RED"] })).toEqual([one]);
  expect(await list({ learnerIds: ["Ann 100%"] })).toEqual([two]);
  expect((await failure(list({ types: ["no.*"] }))).reason).toBe("FILTER_INVALID");
  const found = async (request: object) => (await calls.events.searchEvents(request)).events.map((it) => it.id);
  expect(await found({ query: "100%" })).toEqual([two]);
  expect(await found({ query: "registration.comp" })).toEqual([three, one]);
  const first = await calls.events.searchEvents({ page: { pageSize: 3, withTotal: true } });
  const rest = await calls.events.searchEvents({ page: { pageSize: 3, pageToken: present(first.page).nextPageToken } });
  expect([first.page?.total, [...first.events, ...rest.events].map((it) => it.id).slice(0, 3)]).toEqual([
    4n,
    [three, two, one],
  ]);
  const now = Date.now();
  const { counts } = await calls.events.countEvents({
    since: timestampFromDate(new Date(now - 90_000)),
    until: timestampFromDate(new Date(now + 10_000)),
    steps: 10,
    filter: { types: ["registration.*"] },
  });
  expect(counts).toHaveLength(10);
  expect(counts.reduce((sum, it) => sum + it)).toBe(3n);
});

it("tells who comes back too late where the log begins, and keeps what is young", async () => {
  await harness.publish(progressed("old"));
  const { nextCursor: stale } = await calls.events.listEvents({ limit: 1 });
  await harness.publish(progressed("older"), completed("young"));
  await harness.sql(
    "update event set position = position - 100::bigint * 86400 * 1000000, occurred_at = occurred_at - interval '100 days' where registration_id like 'old%'",
  );
  const pool = new pg.Pool({ connectionString: harness.test.urlOf("webhook"), max: 1 });
  expect(await prune(pool, { eventDays: 90, deliveryDays: 30 })).toBe(2);
  expect(await prune(pool, { eventDays: 90, deliveryDays: 30 })).toBe(0);
  await pool.end();
  expect((await calls.events.listEvents({ afterCursor: stale })).events.map((it) => it.type)).toEqual([
    "registration.completed",
  ]);
  const [, mark] = stale.split(".");
  const { reason, metadata } = await failure(calls.events.listEvents({ afterCursor: `1.${mark}` }));
  expect(reason).toBe("CURSOR_TOO_OLD");
  const { events } = await calls.events.listEvents({ afterCursor: present(metadata.oldest_cursor) });
  expect(events.map((it) => it.subject?.registrationId)).toEqual(["young"]);
  expect(metadata.oldest_time).toBe(timestampDate(present(events[0]?.occurTime)).toISOString());
  expect((await calls.events.listEvents({})).events).toHaveLength(1);
});

it("keeps an event it cannot read without its data, rather than stopping everything behind it", async () => {
  const unknown = { ...progressed(randomUUID()), type: "coursemesh.runtime.v9.MoonLanded" };
  const broken = progressed(randomUUID());
  present(broken.payload).value = Uint8Array.of(0xff, 0xff);
  await harness.publish(unknown, broken);
  const { events } = await calls.events.listEvents({});
  expect(events.map((it) => [it.type, it.data])).toEqual([
    ["moon.landed", {}],
    ["registration.progressed", {}],
  ]);
});

it("keeps what was announced while it was not there", async () => {
  const away = await startWebhook({ shared: harness, env: { WEBHOOK_IN_FLIGHT: "0" } });
  await away.stop();
  await expect(away.publish(progressed(randomUUID()))).rejects.toThrow();
  await vi.waitFor(async () => expect((await readAll()).ids).toEqual([]), 20_000);
});
