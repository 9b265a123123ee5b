import { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { expect, it } from "vitest";
import { effectiveSettings, type SettingPlace } from "./effective-settings.ts";

const organization = { level: SettingLevel.ORGANIZATION, scopeId: "o" };
const course = { level: SettingLevel.COURSE, scopeId: "c" };
const registration = { level: SettingLevel.REGISTRATION, scopeId: "r" };
const chain = [organization, course, registration];
const target = (place: Partial<SettingPlace>, value: string) => ({
  ...organization,
  ...place,
  settingId: "launch.target",
  value,
});
const inForce = (values: Parameters<typeof effectiveSettings>[1]) =>
  effectiveSettings(chain, values).find((it) => it.definition.id === "launch.target");

it("falls back to the default", () => {
  expect(inForce([])).toMatchObject({ value: "frame", source: undefined, explicit: undefined });
});

it("takes the value nearest to the learner and says where it is set", () => {
  expect(inForce([target({}, "window")])).toMatchObject({ value: "window", source: organization, explicit: undefined });
  expect(inForce([target(course, "frame"), target({}, "window")])).toMatchObject({ value: "frame", source: course });
  expect(inForce([target(registration, "window")])).toMatchObject({ source: registration, explicit: "window" });
});

it("passes over values of other places and values that a setting can no longer have", () => {
  expect(inForce([target({ scopeId: "other" }, "window")])?.value).toBe("frame");
  expect(inForce([target(registration, "popup"), target(course, "window")])).toMatchObject({
    value: "window",
    source: course,
    explicit: undefined,
  });
});
