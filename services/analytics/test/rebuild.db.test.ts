import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { RebuildService, RebuildState } from "@coursemesh/proto/coursemesh/analytics/v1/rebuild_pb.ts";
import { type EventEnvelope, EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import {
  CourseDeletedSchema,
  CourseUpdatedSchema,
  CourseVersionCreatedSchema,
  CourseVersionMadeCurrentSchema,
} from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  DestinationCreatedSchema,
  DestinationDeletedSchema,
  DestinationUpdatedSchema,
  DispatchCreatedSchema,
  DispatchLaunchedSchema,
  DispatchRefusedSchema,
  PackageDownloadedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { StatementsStoredSchema } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { RegistrationDeletedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { MemberCreatedSchema, MemberDeletedSchema } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { DeliveryFailedSchema } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { MEASURES } from "../src/fold/measures.ts";
import { PART_SIZE, readMembers } from "../src/store/member-set.ts";
import { type AnalyticsHarness, administrator, ORGANIZATION, OTHER, startAnalytics } from "./analytics-harness.ts";
import { courseEvents, courseId, disordered, envelope, eventsOf, generateAttempts } from "./generated-attempts.ts";

const FROM = Date.parse("2026-10-24T00:00:00Z");
const TO = Date.parse("2026-11-02T00:00:00Z");
const attempts = generateAttempts(120, FROM, TO, 5);
const thing = (family: string, number = 1): string => `${family}0000000-0000-7000-8000-00000000000${number}`;

/** Everything that analytics listens to, in the order in which it became true. */
function everything(): EventEnvelope[] {
  const tell = <Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>) =>
    envelope(ORGANIZATION, schema, TO, init);
  const [first, second, third] = attempts.filter(({ opened_at }) => opened_at !== null);
  return [
    ...courseEvents(ORGANIZATION),
    tell(CourseVersionCreatedSchema, {
      courseVersion: { id: thing("b"), courseId: courseId(0), title: "One", number: 1 },
    }),
    tell(DestinationCreatedSchema, { destination: { id: thing("f"), name: "Acme" } }),
    tell(DestinationCreatedSchema, { destination: { id: thing("f", 2), name: "Umbrella" } }),
    tell(DispatchCreatedSchema, { dispatch: { id: thing("f", 3), destinationId: thing("f") } }),
    tell(MemberCreatedSchema, { member: { id: thing("9") } }),
    tell(MemberCreatedSchema, { member: { id: thing("9", 2) } }),
    ...attempts.flatMap((attempt) => eventsOf(ORGANIZATION, attempt)),
    tell(CourseVersionCreatedSchema, {
      courseVersion: { id: thing("b", 2), courseId: courseId(0), title: "Two", number: 2 },
    }),
    tell(CourseVersionMadeCurrentSchema, { courseVersion: { id: thing("b", 2), courseId: courseId(0) } }),
    tell(CourseUpdatedSchema, { course: { id: courseId(1), title: "Course 1, renamed", tags: ["new"] } }),
    tell(CourseUpdatedSchema, { course: { id: courseId(2), title: "Course 2, before its end" } }),
    tell(CourseDeletedSchema, { courseId: courseId(2) }),
    tell(DestinationUpdatedSchema, { destination: { id: thing("f", 2), name: "Umbrella, Inc." } }),
    tell(DestinationDeletedSchema, { destinationId: thing("f", 2) }),
    tell(MemberDeletedSchema, { memberId: thing("9", 2) }),
    tell(DispatchLaunchedSchema, {
      registrationId: first?.registration_id ?? "",
      destinationId: thing("f"),
      dispatchId: thing("f", 3),
    }),
    ...[1, 2, 3].flatMap((count) => [
      tell(DispatchRefusedSchema, { refusal: { dispatchId: thing("f", 3) } }),
      tell(PackageDownloadedSchema, { dispatchId: thing("f", 3) }),
      tell(StatementsStoredSchema, { statements: Array.from({ length: count }, () => ({ id: uuidV7() })) }),
      tell(DeliveryFailedSchema, {}),
    ]),
    // A learner goes with the only registration, another keeps one.
    ...[second, third, ...attempts.slice(90, 105)].map((one) =>
      tell(RegistrationDeletedSchema, { registrationId: one?.registration_id ?? "" }),
    ),
  ];
}

const events = everything();
const eventsIn = (organizationId: string): EventEnvelope[] =>
  events.map((event) => create(EventEnvelopeSchema, { ...event, organizationId }));
/** Hears of the end of everything before its beginning. */
const BACKWARDS = "00000000-0000-7000-8000-000000000003";
let harness: AnalyticsHarness;

beforeAll(async () => {
  harness = await startAnalytics();
  await harness.announce(events);
  await harness.announce(disordered(eventsIn(OTHER), 17), 90);
  await harness.announce(eventsIn(BACKWARDS).toReversed(), 90);
});
afterAll(() => harness.stop());

const TABLES = [
  "registration_fact",
  "fact",
  "activity_fact",
  "answer_fact",
  "rollup",
  "entity",
  "occurrence",
  "learner",
  "tally",
] as const;
const SETS = ["active_set", "enrolled_set"] as const;
type Row = Record<string, unknown>;

/** All rows of an organization, learners by their ids: numbers are given as they come. Sums of nothing are none. */
async function contents(organization: string, numbered: boolean): Promise<Record<string, string[]>> {
  const learners = await harness.sql<{ number: number; learner_id: string }>(
    "select number, learner_id from learner where tenant_id = $1",
    [organization],
  );
  const idOf = new Map(learners.map(({ number, learner_id: id }) => [number, id]));
  const nothing = MEASURES.map(() => 0).join(", ");
  const read = async (table: string): Promise<[string, string[]]> => {
    const some = table === "rollup" ? `and (${MEASURES.join(", ")}) <> (${nothing})` : "";
    const rows = await harness.sql<{ row: Row }>(
      `select to_jsonb(t) - 'tenant_id' as row from ${table} t where tenant_id = $1 ${some}`,
      [organization],
    );
    return [
      table,
      rows
        .map(({ row: { learner_no: _, number, ...row } }) => JSON.stringify(numbered ? { ...row, number } : row))
        .toSorted(),
    ];
  };
  const readSets = async (table: string): Promise<[string, string[]]> => {
    const rows = await harness.sql<{ members: Buffer; row: Row }>(
      `select members, to_jsonb(t) - array['tenant_id', 'members', 'part'] as row from ${table} t where tenant_id = $1`,
      [organization],
    );
    const named = rows.map(({ members, row }) => [
      row,
      readMembers(members)
        .map((number) => idOf.get(number))
        .toSorted(),
    ]);
    return [table, named.map((row) => JSON.stringify(row)).toSorted()];
  };
  expect(learners.every(({ number }) => number < PART_SIZE)).toBe(true);
  return Object.fromEntries(await Promise.all([...TABLES.map(read), ...SETS.map(readSets)]));
}

async function rebuild(compareOnly: boolean) {
  const rebuilds = harness.mesh.clients.of(RebuildService);
  const { rebuild: made } = await as(administrator, () => rebuilds.createRebuild({ requestId: uuidV7(), compareOnly }));
  return vi.waitFor(
    async () => {
      const { rebuild: now } = await as(administrator, () => rebuilds.getRebuild({ id: made?.id ?? "" }));
      expect(now?.endTime).toBeDefined();
      expect([now?.state, now?.error]).toEqual([RebuildState.DONE, ""]);
      return now;
    },
    { timeout: 60_000, interval: 50 },
  );
}

it("comes to the same whatever the order and number in which events arrive", async () => {
  const inOrder = await contents(ORGANIZATION, false);
  expect(await contents(OTHER, false)).toEqual(inOrder);
  expect(await contents(BACKWARDS, false)).toEqual(inOrder);
  for (const [table, rows] of Object.entries(inOrder)) expect([table, rows.length > 0]).toEqual([table, true]);
  expect(inOrder.entity).toContainEqual(expect.stringContaining("Course 2, before its end"));
});

it("changes nothing when what was announced is announced again", async () => {
  const before = await contents(ORGANIZATION, true);
  await harness.announce(disordered(events, 29), 120);
  expect(await contents(ORGANIZATION, true)).toEqual(before);
});

it("is the same in every table after a rebuild", async () => {
  for (const compareOnly of [true, false]) {
    const before = [await contents(ORGANIZATION, true), await contents(OTHER, true)];
    const done = await rebuild(compareOnly);
    expect([done?.differenceCount, done?.differences]).toEqual([0n, []]);
    expect(done?.eventCount).toBe(done?.eventTotal);
    expect([await contents(ORGANIZATION, true), await contents(OTHER, true)]).toEqual(before);
  }
});

it("finds and mends what is wrong in any table", async () => {
  const before = await contents(ORGANIZATION, true);
  const damages = [
    "update registration_fact set launch_count = launch_count + 1",
    "update fact set wall_ms = wall_ms + 1",
    "delete from activity_fact",
    "update answer_fact set correct = not correct",
    "update rollup set passes = passes + 1",
    "update active_set set members = '\\x0001'",
    "delete from enrolled_set",
    "update entity set name = 'wrong'",
    "delete from occurrence",
    "update learner set last_active_at = null",
    "update tally set learners = learners + 1",
  ];
  for (const damage of damages) await harness.sql(`${damage} where tenant_id = $1`, [ORGANIZATION]);
  const differences = async () => Number((await rebuild(true))?.differenceCount);
  // One row at least of each table, on each side or on one.
  expect(await differences()).toBeGreaterThan(damages.length);
  expect(await contents(ORGANIZATION, true)).not.toEqual(before);
  await rebuild(false);
  expect(await contents(ORGANIZATION, true)).toEqual(before);
  expect(await differences()).toBe(0);
});

it("takes what arrives during a rebuild, and counts it", async () => {
  const rounds = Array.from({ length: 8 }, (_, round) => [
    envelope(ORGANIZATION, CourseUpdatedSchema, TO, { course: { id: courseId(1), title: `Round ${round}` } }),
    envelope(ORGANIZATION, DestinationUpdatedSchema, TO, { destination: { id: thing("f"), name: `Acme ${round}` } }),
    envelope(ORGANIZATION, DeliveryFailedSchema, TO, {}),
    ...generateAttempts(3, FROM, TO, 40 + round).flatMap((attempt) => eventsOf(ORGANIZATION, attempt)),
  ]);
  const running = rebuild(false);
  for (const round of rounds) {
    await harness.mesh.deps.bus.publishMany(round);
    await sleep(30);
  }
  expect((await running)?.differences).toEqual([]);
  await harness.announce([]);
  const now = await contents(ORGANIZATION, true);
  expect(now.entity).toContainEqual(expect.stringContaining("Round 7"));
  expect((await rebuild(true))?.differences).toEqual([]);
  expect(await contents(ORGANIZATION, true)).toEqual(now);
});
