import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { AnySchema, timestampFromDate } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import {
  ActivitiesProgressedSchema,
  ActivityChangeKind,
  type ActivityChangeSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import { type Json, jsonOf, type StatementCalls, statementCalls } from "./statement-calls.ts";

const env = { PUBLIC_URL: "https://lms.example.com" };
let lrs: LrsHarness;
let calls: StatementCalls;
beforeAll(async () => {
  lrs = await startLrs({ env });
  calls = statementCalls(lrs);
});
afterAll(() => lrs.stop());

type Change = Exclude<MessageInitShape<typeof ActivityChangeSchema>, { $typeName: string }>;
type Progress = Exclude<MessageInitShape<typeof ActivitiesProgressedSchema>, { $typeName: string }>;
const { INITIALIZED, ANSWERED, PASSED, SUSPENDED, TERMINATED, COMPLETED } = ActivityChangeKind;
const time = timestampFromDate(new Date("2026-11-20T14:00:00.000Z"));

/** A change in the activity A, in its first session. */
const change = (kind: ActivityChangeKind, seq: number, more: Change = {}): Change => {
  return { kind, activity: "A", title: "Fire", session: 1, seq, time, outcome: {}, ...more };
};
const progress = (changes: Change[], more: Omit<Progress, "changes"> = {}): Progress => ({
  registrationId: uuidV7(),
  instanceId: uuidV7(),
  courseId: uuidV7(),
  learnerId: "learner-7",
  launchId: uuidV7(),
  courseTitle: "Safety",
  changes,
  ...more,
});

/** Delivers an event as the bus does. */
async function deliver(event: Progress, { mesh } = lrs, organizationId = owner.organizationId): Promise<void> {
  const value = toBinary(ActivitiesProgressedSchema, create(ActivitiesProgressedSchema, event));
  const type = ActivitiesProgressedSchema.typeName;
  const payload = create(AnySchema, { typeUrl: `type.googleapis.com/${type}`, value });
  await mesh.deps.bus.publish(create(EventEnvelopeSchema, { id: uuidV7(), organizationId, type, payload }));
}

/** The statements of a registration, in the order they were stored. */
const toldOf = async ({ registrationId }: Progress, from = calls): Promise<Json[]> =>
  (await from.query({ filter: { registration: registrationId ?? "" }, ascending: true })).statements.map(jsonOf);
const verbsOf = (statements: readonly Json[]): string[] =>
  statements.map(({ verb }) => (verb as { id: string }).id.replace("http://adlnet.gov/expapi/verbs/", ""));

const interaction = { id: "q1", type: "choice", response: "a,c", result: "wrong", latency: "00:00:12" };
const story = [
  change(INITIALIZED, 2),
  change(ANSWERED, 6, { interaction }),
  change(PASSED, 9, { outcome: { success: true, completion: true, scoreRaw: 80, scoreMax: 100 } }),
  change(TERMINATED, 9, { outcome: { success: true, sessionSeconds: 90 } }),
  change(COMPLETED, 9, { activity: "", title: "", session: 0, outcome: { completion: true } }),
];

it("tells a session after ADL's SCORM profile, in the product's name", async () => {
  const event = progress(story);
  await deliver(event);
  const statements = await toldOf(event);
  expect(verbsOf(statements)).toEqual(["initialized", "responded", "passed", "terminated", "completed"]);
  const course = `https://lms.example.com/courses/${event.courseId}`;
  expect(statements.map(({ object }) => (object as Json).id)).toEqual([
    `${course}/A`,
    `${course}/A/interactions/q1`,
    `${course}/A`,
    `${course}/A`,
    course,
  ]);
  const [first, second, third, fourth] = statements;
  expect(first).toMatchObject({
    actor: { account: { homePage: "https://lms.example.com", name: "learner-7" } },
    timestamp: "2026-11-20T14:00:00.000Z",
    authority: {
      account: { homePage: `https://lms.example.com/organizations/${owner.organizationId}`, name: "service:lrs" },
    },
  });
  expect(second).toMatchObject({
    object: { definition: { interactionType: "choice" } },
    result: { response: "a[,]c", success: false, duration: "PT12S" },
  });
  expect(third).toMatchObject({ result: { success: true, completion: true, score: { raw: 80, max: 100 } } });
  expect(fourth).toMatchObject({ result: { duration: "PT1M30S" } });
});

it("tells nothing twice: an event again, also after a restart and in another event that tells the same", async () => {
  const event = progress(story);
  await deliver(event);
  const before = await toldOf(event);
  await Promise.all([deliver(event), deliver({ ...event, changes: story.slice(1, 4) })]);
  const restarted = await startLrs({ env, shared: lrs });
  await deliver(event, restarted);
  await restarted.stop();
  expect(await toldOf(event)).toEqual(before);
});

it("tells a session's end and the status that comes with it once: as they were told first", async () => {
  const event = progress([change(INITIALIZED, 2), change(PASSED, 0), change(SUSPENDED, 0)]);
  await deliver(event);
  const late = [change(PASSED, 9), change(TERMINATED, 9, { outcome: { success: true } })];
  await deliver({ ...event, launchId: uuidV7(), changes: late });
  expect(verbsOf(await toldOf(event))).toEqual(["initialized", "passed", "suspended"]);
});

it("tells a status as often as a learner comes to it", async () => {
  const { FAILED } = ActivityChangeKind;
  const event = progress([change(INITIALIZED, 2), change(PASSED, 4), change(FAILED, 6), change(PASSED, 8)]);
  await deliver(event);
  expect(verbsOf(await toldOf(event))).toEqual(["initialized", "passed", "failed", "passed"]);
});

it("leaves out what makes no statement, and goes on with the rest", async () => {
  const event = progress([change(INITIALIZED, 2), change(TERMINATED, 3)], { courseId: "no iri\u0000 <>" });
  await deliver(event);
  expect(await toldOf(event)).toEqual([]);
});

it("tells nothing where it is switched off, and names a pseudonym where that is wanted", async () => {
  const silent = progress(story, { settings: { "statements.emit": "false" } });
  await deliver(silent);
  expect(await toldOf(silent)).toEqual([]);
  const hidden = progress(story, { settings: { "statements.learner": "pseudonym" } });
  const again = progress(story, { settings: { "statements.learner": "pseudonym" } });
  await deliver(hidden);
  await deliver(again);
  const [one, other] = [await toldOf(hidden), await toldOf(again)];
  expect(JSON.stringify(one)).not.toContain("learner-7");
  expect(one[0]?.actor).toEqual(other[0]?.actor);
});

it("keeps organizations apart", async () => {
  const event = progress(story);
  await deliver(event, lrs, stranger.organizationId);
  expect(await toldOf(event)).toEqual([]);
  expect(await toldOf(event, statementCalls(lrs, stranger))).toHaveLength(story.length);
});
