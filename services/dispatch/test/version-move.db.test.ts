import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { VersionMoveChangedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  type VersionMove,
  VersionMoveGroup,
  VersionMoveState,
} from "@coursemesh/proto/coursemesh/dispatch/v1/version_move_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  addDispatch,
  callsOf,
  type DispatchHarness,
  owner,
  refusal,
  refusalFacts,
  startDispatch,
  stranger,
} from "./dispatch-harness.ts";

const { NOT_STARTED, INCOMPLETE, PASSED } = VersionMoveGroup;
let harness: DispatchHarness;

beforeAll(async () => {
  harness = await startDispatch();
});
afterAll(() => harness.stop());

interface Situation {
  readonly course: Course;
  readonly dispatch: Dispatch;
  readonly next: CourseVersion;
  /** Registrations by learner. */
  readonly registrations: ReadonlyMap<string, string>;
}

/** A dispatch with learners of one version, and a version to move them to, which has B and C in place of A and B. */
async function situation(
  learners: Readonly<Record<string, { completion?: Completion; success?: Success }>>,
): Promise<Situation> {
  const course = harness.catalog.addCourse(owner.organizationId);
  const dispatch = await addDispatch(harness, { courseId: course.id });
  const registrations = new Map<string, string>();
  for (const [learner, { completion = 0, success = 0 }] of Object.entries(learners)) {
    const made = await as(owner, () =>
      harness.mesh.clients
        .of(RegistrationService)
        .createRegistration({ requestId: uuidV7(), courseId: course.id, learner: { id: learner } }),
    );
    const { id = "", instance } = made.registration ?? {};
    registrations.set(learner, id);
    await harness.sql(
      `insert into external_session (id, tenant_id, dispatch_id, destination_id, learner_key, learner_id, registration_id, instance_id,
         course_version_id, instance_token, completion, success, launched_at, last_activity_at)
       values ($1::uuid, $2, $3, $4, $5, $5, $6, $7, $8, $1::uuid::text, $9, $10, '2026-03-01', '2026-03-01')`,
      [
        ...[uuidV7(), owner.organizationId, dispatch.id, dispatch.destinationId, learner, id],
        ...[instance?.id, instance?.courseVersionId, completion, success],
      ],
    );
  }
  const next = harness.catalog.addVersion(course);
  harness.content.setActivities(next.packageId, ["B", "C"]);
  return { course, dispatch, next, registrations };
}

const planOf = ({ course, next }: Situation, more: object = {}) => ({
  courseId: course.id,
  toCourseVersionId: next.id,
  ...more,
});
const moves = () => callsOf(harness).versionMoves;

async function settled({ id = "" }: Partial<VersionMove> = {}): Promise<VersionMove | undefined> {
  return vi.waitFor(
    async () => {
      const { versionMove } = await moves().getVersionMove({ id });
      if (versionMove?.state === VersionMoveState.RUNNING) throw new Error("it is under way");
      return versionMove;
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Version on which each learner is, here and in the runtime. */
async function versions({ registrations }: Situation): Promise<string[]> {
  return Promise.all(
    [...registrations.values()].map(async (id) => {
      const present = harness.runtime.registration(id).instance;
      const [row] = await harness.sql<{ course_version_id: string; instance_id: string }>(
        "select course_version_id, instance_id from external_session where registration_id = $1",
        [id],
      );
      expect([row?.instance_id, row?.course_version_id]).toEqual([present?.id, present?.courseVersionId]);
      return present?.courseVersionId ?? "";
    }),
  );
}

const mixed = {
  ana: {},
  ben: { completion: Completion.INCOMPLETE },
  cem: { completion: Completion.COMPLETE, success: Success.PASSED },
};

it("says beforehand whom a move touches and what each group loses, and changes nothing", async () => {
  const here = await situation(mixed);
  const old = harness.runtime.registration(here.registrations.get("ana") ?? "").instance?.courseVersionId;
  const { impact } = await moves().previewVersionMove({ plan: planOf(here) });
  expect(impact).toMatchObject({ registrationCount: 3n, lostActivityIds: ["A"], openSessionCount: 0n });
  const counts = (all: typeof impact) => all?.groups.map((it) => [it.group, it.registrationCount, it.restartCount]);
  expect(counts(impact)).toEqual([
    [NOT_STARTED, 1n, 0n],
    [INCOMPLETE, 1n, 0n],
    [PASSED, 1n, 0n],
  ]);
  const anew = await moves().previewVersionMove({
    plan: planOf(here, { restart: true, groups: [NOT_STARTED, INCOMPLETE] }),
  });
  expect(counts(anew.impact)).toEqual([
    [NOT_STARTED, 1n, 0n],
    [INCOMPLETE, 1n, 1n],
  ]);
  expect(await versions(here)).toEqual([old, old, old]);
});

it("moves the groups asked for, once, and puts everybody back", async () => {
  const here = await situation(mixed);
  const [old = ""] = await versions(here);
  const request = { requestId: uuidV7(), plan: planOf(here, { groups: [NOT_STARTED, INCOMPLETE] }), sharePercent: 100 };
  const { versionMove } = await moves().createVersionMove(request);
  expect(await settled(versionMove)).toMatchObject({ state: VersionMoveState.DONE, movedCount: 2n });
  expect(await versions(here)).toEqual([here.next.id, here.next.id, old]);
  expect((await moves().createVersionMove(request)).versionMove?.id).toBe(versionMove?.id);

  await moves().revertVersionMove({ id: versionMove?.id ?? "" });
  expect(await settled(versionMove)).toMatchObject({ state: VersionMoveState.REVERTED, revertedCount: 2n });
  expect(await versions(here)).toEqual([old, old, old]);
  expect(await refusal(moves().revertVersionMove({ id: versionMove?.id ?? "" }))).toBe("VERSION_MOVE_ENDED");
  const told = (await harness.announced(VersionMoveChangedSchema)).map((event) => event.versionMove);
  expect(told.filter((it) => it?.id === versionMove?.id).map((it) => it?.state)).toEqual([
    ...[VersionMoveState.RUNNING, VersionMoveState.DONE, VersionMoveState.RUNNING, VersionMoveState.REVERTED],
  ]);
});

it("tries a share first; a wider one holds those moved", async () => {
  const here = await situation(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`learner ${index}`, {}])));
  const { versionMove } = await moves().createVersionMove({
    requestId: uuidV7(),
    plan: planOf(here),
    sharePercent: 30,
  });
  const id = versionMove?.id ?? "";
  const tried = await settled(versionMove);
  expect(tried?.state).toBe(VersionMoveState.WAITING);
  const first = await versions(here);
  const moved = first.filter((version) => version === here.next.id).length;
  expect(Number(tried?.movedCount)).toBe(moved);
  expect(moved).toBeGreaterThan(0);
  expect(moved).toBeLessThan(40);

  const another = { requestId: uuidV7(), plan: planOf(here), sharePercent: 10 };
  expect(await refusal(moves().createVersionMove(another))).toBe("VERSION_MOVE_OPEN");
  expect(await refusalFacts(moves().createVersionMove(another))).toMatchObject({ id });
  expect(await refusal(moves().widenVersionMove({ id, sharePercent: 20 }))).toBe("FIELD_INVALID");
  await moves().widenVersionMove({ id, sharePercent: 100 });
  expect(await settled(versionMove)).toMatchObject({ state: VersionMoveState.DONE, movedCount: 40n });
  expect(new Set(await versions(here))).toEqual(new Set([here.next.id]));
  expect(await refusal(moves().widenVersionMove({ id, sharePercent: 100 }))).toBe("VERSION_MOVE_ENDED");
});

it("waits for learners who have the course open, and goes on without them", async () => {
  const here = await situation({ ana: {}, ben: {} });
  const ana = here.registrations.get("ana") ?? "";
  harness.runtime.open.add(ana);
  const { versionMove } = await moves().createVersionMove({
    requestId: uuidV7(),
    plan: planOf(here),
    sharePercent: 100,
  });
  const id = versionMove?.id ?? "";
  await vi.waitFor(async () => expect((await moves().getVersionMove({ id })).versionMove?.movedCount).toBe(1n), 20_000);
  expect((await moves().getVersionMove({ id })).versionMove?.state).toBe(VersionMoveState.RUNNING);
  const [before] = await versions(here);
  expect(before).not.toBe(here.next.id);
  // The way back reaches the one who was moved, and the other is left where she is.
  await moves().revertVersionMove({ id });
  expect(await settled(versionMove)).toMatchObject({
    state: VersionMoveState.REVERTED,
    movedCount: 1n,
    revertedCount: 1n,
  });
  expect(await versions(here)).toEqual([before, before]);
});

it("refuses versions of other courses, dispatches of others, and strangers", async () => {
  const here = await situation({ ana: {} });
  const elsewhere = await situation({});
  const preview = (plan: object, calls = moves()) => refusal(calls.previewVersionMove({ plan: planOf(here, plan) }));
  expect(await preview({ toCourseVersionId: elsewhere.next.id })).toBe("COURSE_VERSION_NOT_FOUND");
  expect(await preview({ dispatchIds: [elsewhere.dispatch.id] })).toBe("DISPATCH_NOT_FOUND");
  expect(await preview({}, callsOf(harness, stranger).versionMoves)).toBe("COURSE_NOT_FOUND");
  const { versionMove } = await moves().createVersionMove({
    requestId: uuidV7(),
    plan: planOf(here),
    sharePercent: 100,
  });
  const theirs = callsOf(harness, stranger).versionMoves;
  expect(await refusal(theirs.getVersionMove({ id: versionMove?.id ?? "" }))).toBe("VERSION_MOVE_NOT_FOUND");
  expect(await refusal(theirs.revertVersionMove({ id: versionMove?.id ?? "" }))).toBe("VERSION_MOVE_NOT_FOUND");
  expect((await theirs.listVersionMoves({})).versionMoves).toEqual([]);
  const { versionMoves } = await moves().listVersionMoves({ dispatchId: here.dispatch.id, page: { withTotal: true } });
  expect(versionMoves.map(({ id }) => id)).toEqual([versionMove?.id]);
  await settled(versionMove);
});
