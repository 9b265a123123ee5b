import { randomUUID } from "node:crypto";
import { fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import {
  type Course,
  CourseOrder,
  type ListCoursesRequestSchema,
} from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { CourseDeletedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type CourseMesh, createCourseMesh, owner } from "./course-mesh.ts";

let course: CourseMesh;

beforeAll(async () => {
  course = await createCourseMesh();
});
afterAll(() => course.stop());

const list = (fields: MessageInitShape<typeof ListCoursesRequestSchema>) =>
  as(owner, () => course.courses.listCourses(fields));
const titles = (answer: { courses: Course[] }) => answer.courses.map((it) => it.title);
const update = (
  fields: Partial<Pick<Course, "id" | "title" | "tags" | "archived" | "description" | "etag">>,
  ...paths: string[]
) => as(owner, () => course.courses.updateCourse({ course: fields, updateMask: { paths } }));

it("pages every order through all courses, each once, while others come and go", async () => {
  const made = [];
  for (const title of ["b", "A", "c", "a", "B"]) made.push((await course.publish({ title, tags: ["paging"] })).course);
  for (const order of [0, 1, 2, 3, 4, 5, 6] as CourseOrder[]) {
    const seen: Course[] = [];
    let pageToken = "";
    do {
      const { courses, page } = await list({
        tags: ["PAGING"],
        order,
        page: { pageSize: 2, pageToken, withTotal: true },
      });
      expect(page?.total).toBe(5n);
      seen.push(...courses);
      pageToken = present(page).nextPageToken;
    } while (pageToken !== "");
    expect(new Set(seen.map((it) => it.id)).size, `order ${order}`).toBe(5);
    if (order === CourseOrder.TITLE_ASC)
      expect(seen.map((it) => it.title.toLowerCase())).toEqual(["a", "a", "b", "b", "c"]);
    if (order === CourseOrder.CREATE_TIME_DESC)
      expect(seen.map((it) => it.id)).toEqual(made.map((it) => it.id).toReversed());
  }
  const first = await list({ tags: ["paging"], order: CourseOrder.CREATE_TIME_DESC, page: { pageSize: 2 } });
  await course.publish({ title: "newer", tags: ["paging"] });
  await as(owner, () => course.courses.deleteCourse({ id: first.courses[1]!.id }));
  const page = { pageSize: 2, pageToken: present(first.page).nextPageToken };
  const second = await list({ tags: ["paging"], order: CourseOrder.CREATE_TIME_DESC, page });
  expect(second.courses.map((it) => it.id)).toEqual([made[2]!.id, made[1]!.id]);
  expect((await failure(list({ tags: ["other"], page }))).reason).toBe("PAGE_TOKEN_INVALID");
});

it("finds courses by part of title, external id or tag, whatever the case and with wildcards as they are", async () => {
  await course.publish({ title: "Fire Drill", externalId: "ext-100%", tags: ["Wärme"] });
  for (const query of ["fire d", "EXT-100%", "WÄRME"])
    expect(titles(await list({ query })), query).toEqual(["Fire Drill"]);
  for (const query of ["f_re", "ext%1", "drill ext"]) expect(titles(await list({ query })), query).toEqual([]);
});

it("filters by standard of the current version, by time and by archive mark", async () => {
  const { course: made } = await course.publish({ title: "Filter", standard: Standard.CMI5, tags: ["f"] });
  expect(titles(await list({ tags: ["f"], standards: [Standard.CMI5, Standard.AICC] }))).toEqual(["Filter"]);
  expect(titles(await list({ tags: ["f"], standards: [Standard.SCORM_12] }))).toEqual([]);
  const updated = present(made.updateTime);
  const later = timestampFromDate(new Date(Date.now() + 60_000));
  expect(titles(await list({ tags: ["f"], updatedSince: updated, updatedUntil: updated }))).toEqual(["Filter"]);
  expect(titles(await list({ tags: ["f"], updatedSince: later }))).toEqual([]);
  await update({ id: made.id, archived: true }, "archived");
  expect(titles(await list({ tags: ["f"] }))).toEqual([]);
  expect(titles(await list({ tags: ["f"], archived: true }))).toEqual(["Filter"]);
});

it("changes what the mask names, refuses stale changes, and finds the course by its new words", async () => {
  const { course: made } = await course.publish({ title: "Before", tags: ["kept"] });
  const { course: changed } = await update(
    { id: made.id, title: " After ", description: "d", tags: [], etag: made.etag },
    "title",
    "description",
  );
  expect(changed).toMatchObject({ title: "After", description: "d", tags: ["kept"], currentVersion: { number: 1 } });
  expect(await failure(update({ id: made.id, title: "Late", etag: made.etag }, "title"))).toEqual({
    reason: "ETAG_MISMATCH",
    metadata: { etag: present(changed).etag },
  });
  expect(titles(await list({ query: "after" }))).toEqual(["After"]);
  for (const call of [
    () => update({ id: made.id, title: " " }, "title"),
    () => update({ id: made.id }, "external_id"),
    () => update({ id: made.id }),
  ])
    expect((await failure(call())).reason).toBe("FIELD_INVALID");
});

it("reads many at once in the order asked, leaving out what is not there", async () => {
  const [one, two] = [(await course.publish()).course, (await course.publish()).course];
  const ids = [two.id, randomUUID(), one.id, two.id];
  const { courses } = await as(owner, () => course.courses.batchGetCourses({ ids }));
  expect(courses).toEqual([two, one]);
});

it("goes with all its versions, and says which packages are free; going twice is success", async () => {
  const { course: made, courseVersion } = await course.publish();
  const seen: string[][] = [];
  course.bus.subscribe({
    group: "gone",
    types: [CourseDeletedSchema.typeName],
    handle: async ({ payload }) => {
      const event = fromBinary(CourseDeletedSchema, present(payload).value);
      if (event.courseId === made.id) seen.push(event.packageIds);
    },
  });
  for (let time = 0; time < 2; time += 1) await as(owner, () => course.courses.deleteCourse({ id: made.id }));
  const read = as(owner, () => course.courses.getCourse({ by: { case: "id", value: made.id } }));
  expect(await failure(read)).toEqual({ reason: "COURSE_NOT_FOUND", metadata: { id: made.id } });
  const version = as(owner, () => course.versions.getCourseVersion({ id: courseVersion.id }));
  expect((await failure(version)).reason).toBe("COURSE_VERSION_NOT_FOUND");
  await vi.waitFor(() => expect(seen).toEqual([[courseVersion.packageId]]), 20_000);
});
