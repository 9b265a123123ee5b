import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CourseMesh, createCourseMesh, owner } from "./course-mesh.ts";

let course: CourseMesh;

beforeAll(async () => {
  course = await createCourseMesh();
});
afterAll(() => course.stop());

const currentNumber = async (id: string) => {
  const { course: read } = await as(owner, () => course.courses.getCourse({ by: { case: "id", value: id } }));
  return read?.currentVersion?.number;
};
const makeCurrent = (id: string) => as(owner, () => course.versions.setCurrentCourseVersion({ id }));

it("lists versions newest first, a page at a time, and says which is current", async () => {
  const { course: made } = await course.publish();
  for (let count = 0; count < 2; count += 1) await course.publish({ courseId: made.id });
  const list = (pageToken = "") =>
    as(owner, () =>
      course.versions.listCourseVersions({ courseId: made.id, page: { pageSize: 2, pageToken, withTotal: true } }),
    );
  const first = await list();
  expect(first.courseVersions.map((it) => [it.number, it.current])).toEqual([
    [3, true],
    [2, false],
  ]);
  expect(first.page?.total).toBe(3n);
  await course.publish({ courseId: made.id });
  const second = await list(present(first.page).nextPageToken);
  expect(second.courseVersions.map((it) => it.number)).toEqual([1]);
});

it("rolls back to an earlier version and goes on with the next number", async () => {
  const { course: made, courseVersion: first } = await course.publish({ standard: Standard.AICC, tags: ["roll"] });
  await course.publish({ courseId: made.id });
  const { courseVersion } = await makeCurrent(first.id);
  expect(courseVersion).toMatchObject({ number: 1, current: true });
  await makeCurrent(first.id);
  expect(await currentNumber(made.id)).toBe(1);
  const { courses } = await as(owner, () => course.courses.listCourses({ tags: ["roll"], standards: [Standard.AICC] }));
  expect(courses).toHaveLength(1);
  const { courseVersion: third } = await course.publish({ courseId: made.id });
  expect(third.number).toBe(3);
  expect(await currentNumber(made.id)).toBe(3);
});

it("removes a version that is not current, and never gives its number again", async () => {
  const { course: made, courseVersion: first } = await course.publish();
  const { courseVersion: second } = await course.publish({ courseId: made.id });
  const remove = (id: string) => as(owner, () => course.versions.deleteCourseVersion({ id }));
  expect(await failure(remove(second.id))).toEqual({ reason: "COURSE_VERSION_CURRENT", metadata: { id: second.id } });
  // The same id in the other case is the same version.
  expect((await failure(remove(second.id.toUpperCase()))).reason).toBe("COURSE_VERSION_CURRENT");
  await makeCurrent(first.id);
  for (let time = 0; time < 2; time += 1) await remove(second.id);
  expect((await failure(makeCurrent(second.id))).reason).toBe("COURSE_VERSION_NOT_FOUND");
  expect((await course.publish({ courseId: made.id })).courseVersion.number).toBe(3);
});

it("never ends with a current version that is gone, whoever was first", async () => {
  const { course: made, courseVersion: first } = await course.publish();
  for (let round = 0; round < 5; round += 1) {
    const { courseVersion: target } = await course.publish({ courseId: made.id });
    await makeCurrent(first.id);
    await Promise.allSettled([
      makeCurrent(target.id),
      as(owner, () => course.versions.deleteCourseVersion({ id: target.id })),
    ]);
    expect(await currentNumber(made.id)).toBeDefined();
  }
});
