import { create } from "@bufbuild/protobuf";
import { SettingRowSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { expect, it } from "vitest";
import { changedHere, groupSettings, plainName } from "./group-settings.ts";

const settings = [
  create(SettingRowSchema, { id: "launch.target", group: "launch" }),
  create(SettingRowSchema, { id: "exit.normal", group: "exit", explicitValue: "return" }),
  create(SettingRowSchema, { id: "launch.windowWidth", group: "launch" }),
];
const nameOf = (setting: { id: string }) => plainName(setting.id);

it("keeps the order of groups and counts what is set here", () => {
  expect(groupSettings(settings, { q: "", show: "all" }, nameOf).map(([group, rows]) => [group, rows.length])).toEqual([
    ["launch", 2],
    ["exit", 1],
  ]);
  expect(changedHere(settings)).toBe(1);
});

it("searches plain names and ids, and can show only what was changed here", () => {
  expect(groupSettings(settings, { q: "window width", show: "all" }, nameOf).flatMap(([, rows]) => rows)).toHaveLength(
    1,
  );
  expect(groupSettings(settings, { q: "", show: "changed" }, nameOf).map(([group]) => group)).toEqual(["exit"]);
  expect(groupSettings(settings, { q: "", show: "inherited" }, nameOf).map(([group]) => group)).toEqual(["launch"]);
});

it("makes a readable name of an id that has no translation", () => {
  expect(plainName("launch.window_width")).toBe("Window width");
  expect(plainName("launch.windowWidth")).toBe("Window width");
});
