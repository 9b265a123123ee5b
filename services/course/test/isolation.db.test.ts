import { randomUUID } from "node:crypto";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as, personCaller } from "@coursemesh/platform/testing/test-mesh.ts";
import type { Course } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type CourseVersion, Standard } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CourseMesh, createCourseMesh, owner, stranger, viewer } from "./course-mesh.ts";

let course: CourseMesh;
let theirs: { course: Course; courseVersion: CourseVersion };
let old: CourseVersion;

beforeAll(async () => {
  course = await createCourseMesh();
  old = (await course.publish({ externalId: "secret" })).courseVersion;
  theirs = await course.publish({ externalId: "secret", mayAddVersion: true });
});
afterAll(() => course.stop());

it("gives another tenant for every id what an absent one gets", async () => {
  const values = { "launch.target": "window" };
  const byCourse: [string, (id: string) => Promise<unknown>][] = [
    ["getCourse", (id) => course.courses.getCourse({ by: { case: "id", value: id } })],
    [
      "updateCourse",
      (id) => course.courses.updateCourse({ course: { id, title: "x" }, updateMask: { paths: ["title"] } }),
    ],
    [
      "publishPackage",
      (id) =>
        course.courses.publishPackage({
          requestId: randomUUID(),
          courseId: id,
          packageId: randomUUID(),
          standard: Standard.SCORM_12,
        }),
    ],
    ["listCourseVersions", (id) => course.versions.listCourseVersions({ courseId: id })],
    ["listEffectiveSettings", (id) => course.settings.listEffectiveSettings({ courseId: id })],
    ["updateSettings", (id) => course.settings.updateSettings({ scope: { level: SettingLevel.COURSE, id }, values })],
  ];
  const byVersion: [string, (id: string) => Promise<unknown>][] = [
    ["getCourseVersion", (id) => course.versions.getCourseVersion({ id })],
    ["setCurrentCourseVersion", (id) => course.versions.setCurrentCourseVersion({ id })],
    ["listEffectiveSettings", (id) => course.settings.listEffectiveSettings({ courseVersionId: id })],
    [
      "updateSettings",
      (id) => course.settings.updateSettings({ scope: { level: SettingLevel.COURSE_VERSION, id }, values }),
    ],
  ];
  const absent = randomUUID();
  for (const [calls, id, reason] of [
    [byCourse, theirs.course.id, "COURSE_NOT_FOUND"],
    [byVersion, old.id, "COURSE_VERSION_NOT_FOUND"],
  ] as const)
    for (const [name, call] of calls) {
      expect(await failure(as(stranger, () => call(id))), name).toEqual({ reason, metadata: { id } });
      expect(await failure(as(stranger, () => call(absent))), name).toEqual({ reason, metadata: { id: absent } });
    }
  const byName = as(stranger, () => course.courses.getCourse({ by: { case: "externalId", value: "secret" } }));
  expect((await failure(byName)).reason).toBe("COURSE_NOT_FOUND");
});

it("shows another tenant nothing in lists and deletes nothing for it", async () => {
  const { courses } = await as(stranger, () => course.courses.listCourses({ page: { withTotal: true } }));
  expect(courses).toEqual([]);
  const batch = await as(stranger, () => course.courses.batchGetCourses({ ids: [theirs.course.id] }));
  expect(batch.courses).toEqual([]);
  await as(stranger, () => course.versions.deleteCourseVersion({ id: old.id }));
  await as(stranger, () => course.courses.deleteCourse({ id: theirs.course.id }));
  const { courseVersions } = await as(owner, () => course.versions.listCourseVersions({ courseId: theirs.course.id }));
  expect(courseVersions).toHaveLength(2);
});

it("keeps settings of one tenant from the other, also for a registration id that both use", async () => {
  const registrationId = randomUUID();
  await as(owner, () =>
    course.settings.updateSettings({
      scope: { level: SettingLevel.REGISTRATION, id: registrationId },
      values: { "launch.target": "window" },
    }),
  );
  const { settings } = await as(stranger, () => course.settings.listEffectiveSettings({ registrationId }));
  expect(settings.find((it) => it.definition?.id === "launch.target")?.value).toBe("frame");
});

it("lets viewers read and change nothing, members do all, strangers nothing", async () => {
  const id = theirs.course.id;
  const reads = [
    () => course.courses.getCourse({ by: { case: "id", value: id } }),
    () => course.courses.batchGetCourses({ ids: [id] }),
    () => course.courses.listCourses({}),
    () => course.versions.getCourseVersion({ id: old.id }),
    () => course.versions.listCourseVersions({ courseId: id }),
    () => course.settings.listEffectiveSettings({ courseId: id }),
  ];
  const changes: [string, () => Promise<unknown>][] = [
    ["course:write", () => course.publish({ courseId: id }, viewer)],
    [
      "course:write",
      () => course.courses.updateCourse({ course: { id, title: "x" }, updateMask: { paths: ["title"] } }),
    ],
    ["course:write", () => course.versions.setCurrentCourseVersion({ id: old.id })],
    ["course:write", () => course.settings.updateSettings({ scope: { level: SettingLevel.COURSE, id } })],
    ["course:delete", () => course.versions.deleteCourseVersion({ id: randomUUID() })],
    ["course:delete", () => course.courses.deleteCourse({ id: randomUUID() })],
  ];
  const member = personCaller(owner.organizationId, "member");
  for (const read of reads) await as<Promise<unknown>>(viewer, read);
  for (const [permission, change] of changes)
    expect(await failure(as(viewer, change))).toEqual({ reason: "PERMISSION_MISSING", metadata: { permission } });
  for (const [, change] of changes.slice(1)) await as(member, change);
  for (const call of [...reads, ...changes.slice(1).map(([, change]) => change)])
    expect((await failure(as<Promise<unknown>>(anonymous, call))).reason).toBe("UNAUTHENTICATED");
});
