import { create, toBinary } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { EventEnvelopeSchema } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  InstanceCreatedSchema,
  RegistrationCreatedSchema,
  RegistrationDeletedSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { RegistrationOrder } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  callsOn,
  initialize,
  navigate,
  one,
  outboxOf,
  type RuntimeCalls,
  type RuntimeHarness,
  refusal,
  set,
  startRuntime,
} from "./runtime-harness.ts";

let harness: RuntimeHarness;
let calls: RuntimeCalls;

beforeAll(async () => {
  harness = await startRuntime();
  calls = callsOn(harness);
});
afterAll(() => harness.stop());

/** Plays an activity to a status. */
async function play(registrationId: string, status: string): Promise<string> {
  const { token } = await calls.launch(registrationId);
  await calls.open(token);
  await calls.append(token, 1, [navigate("A"), initialize("A"), set("A", "cmi.core.lesson_status", status)]);
  return token;
}

describe("registering", () => {
  const learner = { id: "jane", firstName: "Jane", lastName: "Doe", email: "jane@example.org" };

  it("makes the learner if new and begins the first instance on the current version", async () => {
    const course = harness.catalog.addCourse(one);
    const registration = await calls.register(course, "new-learner", { externalId: "r-1", tags: ["x"] });
    expect(registration).toMatchObject({
      externalId: "r-1",
      courseId: course.id,
      learner: { id: "new-learner", lastName: "Doe" },
      instance: {
        number: 0,
        courseVersionId: course.currentVersion?.id,
        result: { completion: Completion.NOT_ATTEMPTED, success: Success.UNKNOWN },
      },
      instanceCount: 1,
      sessionOpen: false,
      source: "api",
      tags: ["x"],
    });
    expect(registration.activityTime).toBeUndefined();
    const events = await outboxOf<{ registration?: { id: string } }>(harness, RegistrationCreatedSchema);
    expect(events.map((it) => it.registration?.id)).toContain(registration.id);
    const read = await calls.owner((it) =>
      it.registrations.getRegistration({ by: { case: "externalId", value: "r-1" } }),
    );
    expect(read.registration?.id).toBe(registration.id);
  });

  it("answers a repeated request with the same registration, even when both come at once", async () => {
    const course = harness.catalog.addCourse(one, ["A"], "by-external-id");
    const request = { requestId: uuidV7(), courseId: "by-external-id", learner };
    const made = await Promise.all(
      [1, 2, 3].map(() => calls.owner((it) => it.registrations.createRegistration(request))),
    );
    expect(new Set(made.map((it) => it.registration?.id)).size).toBe(1);
    expect(made[0]?.registration?.courseId).toBe(course.id);
    const other = calls.owner((it) => it.registrations.createRegistration({ ...request, source: "web" }));
    expect(await refusal(other)).toBe("REQUEST_ID_REUSED");
  });

  it("refuses a taken external id, a course that is not there or archived, and another course's version", async () => {
    const course = harness.catalog.addCourse(one);
    const another = harness.catalog.addCourse(one);
    await calls.register(course, "jane", { externalId: "taken" });
    expect(await refusal(calls.register(course, "joe", { externalId: "taken" }))).toBe("REGISTRATION_EXISTS");
    const create = (more: { courseId: string; courseVersionId?: string }) =>
      calls.owner((it) => it.registrations.createRegistration({ requestId: uuidV7(), learner, ...more }));
    expect(await refusal(create({ courseId: uuidV7() }))).toBe("COURSE_NOT_FOUND");
    const version = another.currentVersion?.id ?? "";
    expect(await refusal(create({ courseId: course.id, courseVersionId: version }))).toBe("COURSE_NOT_FOUND");
    course.archived = true;
    expect(await refusal(create({ courseId: course.id }))).toBe("COURSE_ARCHIVED");
  });
});

describe("lists and counts", () => {
  it("page through every registration once, in each order", async () => {
    const course = harness.catalog.addCourse(one);
    const made = await Promise.all(Array.from({ length: 7 }, () => calls.register(course)));
    for (const order of Object.values(RegistrationOrder)) {
      const seen: string[] = [];
      for (let pageToken = "", more = true; more; more = pageToken !== "") {
        const page = { pageSize: 3, pageToken, withTotal: true };
        const answer = await calls.owner((it) =>
          it.registrations.listRegistrations({ filter: { courseId: course.id }, order, page }),
        );
        expect(answer.page?.total).toBe(7n);
        seen.push(...answer.registrations.map((it) => it.id));
        pageToken = answer.page?.nextPageToken ?? "";
      }
      expect(seen.toSorted()).toEqual(made.map((it) => it.id).toSorted());
    }
  });

  it("follow filters by learner, text, tag, status and launch", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    const ann = await calls.register(course, "ann_1", { externalId: "Ext%Ann", tags: ["red", "blue"] });
    const bob = await calls.register(course, "bob");
    await play(ann.id, "passed");
    const found = async (filter: object) => {
      const request = { filter: { courseId: course.id, ...filter } };
      return (await calls.owner((it) => it.registrations.listRegistrations(request))).registrations.map((it) => it.id);
    };
    expect(await found({})).toEqual([ann.id, bob.id]);
    expect(await found({ learnerId: "bob" })).toEqual([bob.id]);
    expect(await found({ query: "T%A" })).toEqual([ann.id]);
    expect(await found({ query: "ANN_1" })).toEqual([ann.id]);
    expect(await found({ query: "doe jane" })).toHaveLength(2);
    expect(await found({ tags: ["blue"] })).toEqual([ann.id]);
    expect(await found({ completions: [Completion.COMPLETE] })).toEqual([ann.id]);
    expect(await found({ successes: [Success.UNKNOWN] })).toEqual([bob.id]);
    expect(await found({ launched: false })).toEqual([bob.id]);
    expect(await found({ courseVersionId: course.currentVersion?.id })).toHaveLength(2);
    expect(await found({ createdSince: { seconds: BigInt(Math.floor(Date.now() / 1000) + 60), nanos: 0 } })).toEqual(
      [],
    );
  });

  it("count registrations by status, in all and by course", async () => {
    const courses = [harness.catalog.addCourse(one, ["A"]), harness.catalog.addCourse(one, ["A"])];
    const [first, second] = courses;
    for (const status of ["passed", "failed", "incomplete"]) {
      const registration = await calls.register(first!);
      await play(registration.id, status);
    }
    await calls.register(first!);
    await calls.register(second!);
    const { total } = await calls.owner((it) =>
      it.registrations.summarizeRegistrations({ filter: { courseId: first!.id } }),
    );
    expect(total).toMatchObject({
      courseId: "",
      registrations: 4n,
      notLaunched: 1n,
      incomplete: 1n,
      complete: 2n,
      passed: 1n,
      failed: 1n,
      completeWithoutVerdict: 0n,
      incompleteWithoutVerdict: 1n,
      sessionsOpen: 3n,
      launches30d: 3n,
    });
    const all = await calls.owner((it) => it.registrations.summarizeRegistrations({ byCourse: true }));
    expect(all.courses.find((it) => it.courseId === first!.id)?.registrations).toBe(4n);
    expect(all.courses.find((it) => it.courseId === second!.id)).toMatchObject({ registrations: 1n, notLaunched: 1n });
    expect(all.courses.reduce((sum, it) => sum + it.registrations, 0n)).toBe(all.total?.registrations);
  });
});

describe("instances", () => {
  it("begin a new try on the current version; the earlier one stays readable", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    const registration = await calls.register(course);
    const token = await play(registration.id, "failed");
    harness.catalog.addVersion(course, ["A", "B"]);
    const request = { requestId: uuidV7(), registrationId: registration.id };
    const once = await calls.owner((it) => it.registrations.createInstance(request));
    const twice = await calls.owner((it) => it.registrations.createInstance(request));
    expect(twice.registration?.instance?.id).toBe(once.registration?.instance?.id);
    expect(once.registration).toMatchObject({
      instanceCount: 2,
      instance: {
        number: 1,
        courseVersionId: course.currentVersion?.id,
        result: { completion: Completion.NOT_ATTEMPTED },
      },
    });
    const { instances } = await calls.owner((it) =>
      it.registrations.listInstances({ registrationId: registration.id }),
    );
    expect(instances.map((it) => [it.number, it.result?.success, it.launchCount])).toEqual([
      [1, Success.UNKNOWN, 0],
      [0, Success.FAILED, 1],
    ]);
    const instanceId = instances[1]?.id ?? "";
    const old = { registrationId: registration.id, instanceId };
    expect((await calls.owner((it) => it.registrations.getActivityStates(old))).activities).toHaveLength(1);
    expect((await calls.owner((it) => it.journal.listCalls(old))).calls).toHaveLength(3);
    // A window that still plays the old try goes on there and changes nothing of the new one.
    expect((await calls.append(token, 4, [set("A", "cmi.core.lesson_status", "passed")])).acknowledgedSeq).toBe(4);
    const filter = { courseId: course.id, successes: [Success.PASSED] };
    expect((await calls.owner((it) => it.registrations.listRegistrations({ filter }))).registrations).toEqual([]);
    expect(await outboxOf(harness, InstanceCreatedSchema)).toHaveLength(1);
  });
});

describe("an instance of a version of its own", () => {
  it("begins on the version named, of this course only", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    const first = course.currentVersion?.id ?? "";
    const registration = await calls.register(course);
    harness.catalog.addVersion(course, ["A", "B"]);
    const begin = (courseVersionId: string) =>
      calls.owner((it) =>
        it.registrations.createInstance({ requestId: uuidV7(), registrationId: registration.id, courseVersionId }),
      );
    expect((await begin(first)).registration?.instance).toMatchObject({ number: 1, courseVersionId: first });
    const other = harness.catalog.addCourse(one).currentVersion?.id ?? "";
    expect(await refusal(begin(other))).toBe("COURSE_NOT_FOUND");
  });
});

describe("a launch under a restart policy", () => {
  it("begins a new try of a completed course, once for each request and only as long as tries are left", async () => {
    const { settings } = harness.catalog;
    settings["restart.policy"] = "when_completed";
    settings["limits.attempts"] = "2";
    const registration = await calls.register(harness.catalog.addCourse(one, ["A"]));
    const count = async () =>
      (await calls.owner((it) => it.registrations.getRegistration({ by: { case: "id", value: registration.id } })))
        .registration?.instanceCount;
    await play(registration.id, "completed");
    expect(await count()).toBe(1);
    await calls.launch(registration.id, { untracked: true });
    expect(await count()).toBe(1);
    const requestId = uuidV7();
    for (let time = 0; time < 2; time += 1) await calls.launch(registration.id, { requestId });
    expect(await count()).toBe(2);
    await play(registration.id, "completed");
    await calls.launch(registration.id);
    expect(await count()).toBe(2);
    for (const id of Object.keys(settings)) delete settings[id];
  });
});

describe("removing", () => {
  const tables = ["registration", "instance", "launch", "launch_token", "activity_state", "journal_segment"];
  const rows = async () => {
    const counts = await Promise.all(
      tables.map((table) => harness.sql<{ count: string }>(`select count(*) from ${table}`)),
    );
    return counts.map(([row]) => Number(row?.count));
  };

  it("takes a registration with all that belongs to it; once more is success", async () => {
    const before = await rows();
    const registration = await calls.register(harness.catalog.addCourse(one, ["A"]));
    const token = await play(registration.id, "passed");
    for (let time = 0; time < 2; time += 1)
      await calls.owner((it) => it.registrations.deleteRegistration({ id: registration.id }));
    expect(await rows()).toEqual(before);
    expect(await refusal(calls.append(token, 4, [set("A", "cmi.suspend_data", "x")]))).toBe("LAUNCH_NOT_FOUND");
    const events = await outboxOf<{ registrationId: string }>(harness, RegistrationDeletedSchema);
    expect(events.filter((it) => it.registrationId === registration.id)).toHaveLength(1);
  });

  it("takes the registrations of a course that was deleted, once for each event", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    for (let index = 0; index < 3; index += 1) await play((await calls.register(course)).id, "passed");
    const kept = await calls.register(harness.catalog.addCourse(one, ["A"]));
    const payload = create(AnySchema, {
      typeUrl: `type.googleapis.com/${CourseDeletedSchema.typeName}`,
      value: toBinary(CourseDeletedSchema, create(CourseDeletedSchema, { courseId: course.id })),
    });
    const event = create(EventEnvelopeSchema, {
      id: uuidV7(),
      organizationId: one,
      type: CourseDeletedSchema.typeName,
      payload,
    });
    for (let time = 0; time < 2; time += 1) await harness.mesh.deps.bus.publish(event);
    const { total } = await calls.owner((it) =>
      it.registrations.summarizeRegistrations({ filter: { courseId: course.id } }),
    );
    expect(total?.registrations).toBe(0n);
    await calls.owner((it) => it.registrations.getRegistration({ by: { case: "id", value: kept.id } }));
  });
});

describe("learners", () => {
  it("are listed, found, counted and renamed everywhere", async () => {
    const course = harness.catalog.addCourse(one, ["A"]);
    const registration = await calls.register(course, "renamed");
    await calls.register(course, "renamed");
    const learner = { id: "renamed", firstName: "Johanna", lastName: "Roe", email: "" };
    const updated = await calls.owner((it) => it.learners.updateLearner({ learner }));
    expect(updated.learner).toMatchObject({ firstName: "Johanna", registrationCount: 2 });
    const { learners } = await calls.owner((it) =>
      it.learners.listLearners({ query: "johanna r", page: { withTotal: true } }),
    );
    expect(learners.map((it) => it.id)).toEqual(["renamed"]);
    const read = await calls.owner((it) =>
      it.registrations.getRegistration({ by: { case: "id", value: registration.id } }),
    );
    expect(read.registration?.learner?.lastName).toBe("Roe");
    expect(await refusal(calls.owner((it) => it.learners.getLearner({ id: "nobody" })))).toBe("LEARNER_NOT_FOUND");
    expect(
      await refusal(calls.owner((it) => it.learners.updateLearner({ learner: { ...learner, id: "nobody" } }))),
    ).toBe("LEARNER_NOT_FOUND");
  });
});
