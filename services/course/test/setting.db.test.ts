import { randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { type EffectiveSetting, SettingLevel, SettingType } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type CourseMesh, createCourseMesh, owner, viewer } from "./course-mesh.ts";

let course: CourseMesh;
let version: CourseVersion;
const registrationId = randomUUID();

beforeAll(async () => {
  course = await createCourseMesh();
});
afterAll(() => course.stop());
beforeEach(async () => {
  version = (await course.publish()).courseVersion;
});

const set = (level: SettingLevel, id: string, values: Record<string, string>, resets: string[] = [], courseId = "") =>
  as(owner, () => course.settings.updateSettings({ scope: { level, id }, values, resets, courseId }));
const inForce = async (
  target: { courseId?: string; courseVersionId?: string; registrationId?: string },
  id: string,
) => {
  const { settings } = await as(viewer, () => course.settings.listEffectiveSettings(target));
  return present(settings.find((it) => it.definition?.id === id));
};
const short = ({ value, source, explicitValue }: EffectiveSetting) => [value, source?.level, source?.id, explicitValue];

it("says what each setting is", async () => {
  expect((await inForce({}, "rollup.score")).definition).toMatchObject({
    group: "rollup",
    type: SettingType.CHOICE,
    choices: ["average_of_scored", "average_of_all", "highest"],
    defaultValue: "average_of_scored",
  });
  const number = (await inForce({}, "launch.window_width")).definition;
  expect(number).toMatchObject({ type: SettingType.NUMBER, minimum: 0, maximum: 10_000 });
});

it("inherits from default, organization, course and version down to the registration, and says from where", async () => {
  const id = "launch.target";
  const target = { courseId: version.courseId, courseVersionId: version.id, registrationId };
  expect(short(await inForce(target, id))).toEqual(["frame", SettingLevel.DEFAULT, "", undefined]);
  await set(SettingLevel.ORGANIZATION, "", { [id]: "window" });
  expect(short(await inForce(target, id))).toEqual(["window", SettingLevel.ORGANIZATION, "", undefined]);
  await set(SettingLevel.COURSE, version.courseId, { [id]: "frame" });
  expect(short(await inForce(target, id))).toEqual(["frame", SettingLevel.COURSE, version.courseId, undefined]);
  await set(SettingLevel.COURSE_VERSION, version.id, { [id]: "window" });
  expect(short(await inForce({ courseVersionId: version.id }, id))).toEqual([
    "window",
    SettingLevel.COURSE_VERSION,
    version.id,
    "window",
  ]);
  const { settings } = await set(SettingLevel.REGISTRATION, registrationId, { [id]: "frame" }, [], version.courseId);
  expect(short(present(settings.find((it) => it.definition?.id === id)))).toEqual([
    "frame",
    SettingLevel.REGISTRATION,
    registrationId,
    "frame",
  ]);
  await set(SettingLevel.REGISTRATION, registrationId, {}, [id]);
  expect(short(await inForce(target, id))).toEqual(["window", SettingLevel.COURSE_VERSION, version.id, undefined]);
  await set(SettingLevel.ORGANIZATION, "", {}, [id]);
});

it("keeps a value's one written form, and setting it again replaces it", async () => {
  await set(SettingLevel.COURSE, version.courseId.toUpperCase(), { "exit.page": "closing_page" });
  expect((await inForce({ courseId: version.courseId }, "exit.page")).value).toBe("closing_page");
  for (const [text, value] of [
    ["0800", "800"],
    ["640", "640"],
  ] as const) {
    await set(SettingLevel.COURSE, version.courseId, { "launch.window_width": text });
    expect((await inForce({ courseId: version.courseId }, "launch.window_width")).value).toBe(value);
  }
});

it("sets all values or none, and names what is wrong", async () => {
  const wrong = set(SettingLevel.COURSE, version.courseId, {
    "navigation.show_bar": "false",
    "launch.target": "popup",
  });
  expect(await failure(wrong)).toEqual({
    reason: "SETTING_VALUE_INVALID",
    metadata: { setting: "launch.target", value: "popup", expected: "one of frame, window" },
  });
  expect((await inForce({ courseId: version.courseId }, "navigation.show_bar")).value).toBe("true");
  const unknown = { reason: "SETTING_UNKNOWN", metadata: { setting: "launch.colour" } };
  expect(await failure(set(SettingLevel.COURSE, version.courseId, { "launch.colour": "red" }))).toEqual(unknown);
  expect(await failure(set(SettingLevel.COURSE, version.courseId, {}, ["launch.colour"]))).toEqual(unknown);
  const both = set(SettingLevel.COURSE, version.courseId, { "launch.target": "frame" }, ["launch.target"]);
  expect((await failure(both)).reason).toBe("FIELD_INVALID");
});

it("refuses places that are not there or cannot be set", async () => {
  const values = { "launch.target": "frame" };
  const absent = randomUUID();
  expect((await failure(set(SettingLevel.COURSE, absent, values))).reason).toBe("COURSE_NOT_FOUND");
  expect((await failure(set(SettingLevel.COURSE_VERSION, absent, values))).reason).toBe("COURSE_VERSION_NOT_FOUND");
  const other = (await course.publish()).course.id;
  const mixed = set(SettingLevel.COURSE_VERSION, version.id, values, [], other);
  expect((await failure(mixed)).reason).toBe("COURSE_VERSION_NOT_FOUND");
  for (const [level, id] of [
    [SettingLevel.DEFAULT, absent],
    [SettingLevel.DISPATCH, absent],
    [SettingLevel.ORGANIZATION, absent],
    [SettingLevel.COURSE, ""],
  ] as const)
    expect((await failure(set(level, id, values))).reason).toBe("FIELD_INVALID");
});

it("forgets the settings of a version and of a course with them", async () => {
  const { courseVersion: next } = await course.publish({ courseId: version.courseId });
  await set(SettingLevel.COURSE_VERSION, version.id, { "launch.target": "window" });
  await set(SettingLevel.REGISTRATION, registrationId, { "launch.target": "window" }, [], version.courseId);
  await as(owner, () => course.versions.deleteCourseVersion({ id: version.id }));
  expect((await inForce({ courseVersionId: next.id }, "launch.target")).value).toBe("frame");
  await as(owner, () => course.courses.deleteCourse({ id: version.courseId }));
  expect((await inForce({ registrationId }, "launch.target")).value).toBe("frame");
});
