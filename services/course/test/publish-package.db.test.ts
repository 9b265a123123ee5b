import { randomUUID } from "node:crypto";
import { fromBinary } from "@bufbuild/protobuf";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { CourseVersionMadeCurrentSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type CourseMesh, createCourseMesh, owner, stranger } from "./course-mesh.ts";

let course: CourseMesh;

beforeAll(async () => {
  course = await createCourseMesh();
});
afterAll(() => course.stop());

it("makes a course with its first version from a package", async () => {
  const made = await course.publish({
    externalId: "golf",
    packageTitle: "Golf",
    tags: ["Sport", "sport ", "fun"],
    activityCount: 3,
    sizeBytes: 5_000_000_000n,
    fileCount: 40,
    findingCount: 2,
    importId: "import-1",
    note: "first",
  });
  expect(made.courseCreated).toBe(true);
  expect(made.course).toMatchObject({ externalId: "golf", title: "Golf", tags: ["Sport", "fun"], archived: false });
  expect(made.courseVersion).toMatchObject({
    courseId: made.course.id,
    number: 1,
    standard: Standard.SCORM_12,
    sizeBytes: 5_000_000_000n,
    createdBy: owner.displayName,
    note: "first",
    current: true,
  });
  const { course: read } = await as(owner, () =>
    course.courses.getCourse({ by: { case: "externalId", value: "golf" } }),
  );
  expect(read).toEqual(made.course);
  expect(read?.currentVersion).toEqual(made.courseVersion);
});

it("names a course by its id when it was given no name", async () => {
  const made = await course.publish({ title: "Own title" });
  expect(made.course.externalId).toBe(made.course.id);
  expect(made.course.title).toBe("Own title");
});

it("adds a version to an existing course only when asked, and leaves its title alone", async () => {
  const first = await course.publish({ externalId: "again", title: "Title" });
  expect(await failure(course.publish({ externalId: "again" }))).toEqual({
    reason: "COURSE_EXISTS",
    metadata: { external_id: "again" },
  });
  const second = await course.publish({ externalId: "again", mayAddVersion: true, title: "Other", tags: ["new"] });
  const third = await course.publish({ courseId: first.course.id, title: "Other" });
  expect([second.courseVersion.number, third.courseVersion.number]).toEqual([2, 3]);
  expect(third).toMatchObject({ courseCreated: false, course: { id: first.course.id, title: "Title", tags: [] } });
  expect(third.course.currentVersion?.number).toBe(3);
  const absent = randomUUID();
  expect(await failure(course.publish({ courseId: absent }))).toEqual({
    reason: "COURSE_NOT_FOUND",
    metadata: { id: absent },
  });
});

it("gives the same answer to the same request, also while the first is at work", async () => {
  const fields = { requestId: randomUUID(), packageId: randomUUID(), externalId: "same" };
  const answers = await Promise.all([1, 2, 3].map(() => course.publish(fields)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  await course.publish({ courseId: answers[0]!.course.id });
  const late = await course.publish(fields);
  expect(late).toMatchObject({ courseCreated: true, courseVersion: { number: 1, current: false } });
  expect(late.course.currentVersion?.number).toBe(2);
  expect((await failure(course.publish({ ...fields, note: "another" }))).reason).toBe("REQUEST_ID_REUSED");
  await as(owner, () => course.courses.deleteCourse({ id: late.course.id }));
  expect((await failure(course.publish(fields))).reason).toBe("COURSE_NOT_FOUND");
});

it("lets another organization use the same request_id and external id", async () => {
  const fields = { requestId: randomUUID(), externalId: "shared" };
  const mine = await course.publish(fields);
  const theirs = await course.publish(fields, stranger);
  expect(theirs).toMatchObject({ courseCreated: true, courseVersion: { number: 1 } });
  expect(theirs.course.id).not.toBe(mine.course.id);
});

it("makes one course and gapless numbers of many publishers of a new external id", async () => {
  const made = await Promise.all(
    Array.from({ length: 8 }, () => course.publish({ externalId: "crowd", mayAddVersion: true })),
  );
  expect(new Set(made.map((it) => it.course.id)).size).toBe(1);
  expect(made.filter((it) => it.courseCreated)).toHaveLength(1);
  expect(made.map((it) => it.courseVersion.number).toSorted((one, other) => one - other)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
});

it("lets one of two win that want to make the same course, and tells the other", async () => {
  const results = await Promise.allSettled([
    course.publish({ externalId: "duel" }),
    course.publish({ externalId: "duel" }),
  ]);
  expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("announces what it made, in order", async () => {
  const seen: EventEnvelope[] = [];
  const types = ["CourseCreated", "CourseVersionCreated", "CourseVersionMadeCurrent"].map(
    (name) => `coursemesh.course.v1.${name}`,
  );
  const first = await course.publish({ externalId: "told" });
  const end = course.bus.subscribe({ group: "told", types, handle: async (event) => void seen.push(event) });
  const second = await course.publish({ externalId: "told", mayAddVersion: true });
  await vi.waitFor(() => {
    const last = present(seen.at(-1));
    const event = fromBinary(CourseVersionMadeCurrentSchema, present(last.payload).value);
    expect(event.previousCourseVersionId).toBe(first.courseVersion.id);
    expect(event.courseVersion).toEqual(second.courseVersion);
  }, 20_000);
  expect(seen.slice(-2).map((event) => event.type)).toEqual([types[1], types[2]]);
  for (const event of seen.slice(-2)) expect(event.organizationId).toBe(owner.organizationId);
  end();
});
