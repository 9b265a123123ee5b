import { expect, it } from "vitest";
import { expectedOf, readSettingValue } from "./setting-definition.ts";
import { findSettingDefinition, settingDefinitions } from "./setting-definitions.ts";

it("names each setting once, and each may have its default", () => {
  expect(new Set(settingDefinitions.map((definition) => definition.id)).size).toBe(settingDefinitions.length);
  for (const definition of settingDefinitions)
    expect(readSettingValue(definition, String(definition.default)), definition.id).toBe(String(definition.default));
});

it.each([
  ["launch.target", "window", "window"],
  ["launch.target", "popup", undefined],
  ["launch.target", "", undefined],
  ["launch.window_width", "0800", "800"],
  ["launch.window_width", "-1", undefined],
  ["launch.window_width", "1e3", undefined],
  ["launch.window_width", "10001", undefined],
  ["navigation.show_bar", "false", "false"],
  ["navigation.show_bar", "0", undefined],
])("reads %s = %j as %j", (id, text, value) => {
  const definition = findSettingDefinition(id);
  expect(definition && readSettingValue(definition, text)).toBe(value);
});

it("says in words what a setting may be", () => {
  const words = settingDefinitions.map((definition) => [definition.id, expectedOf(definition)]);
  expect(Object.fromEntries(words)).toMatchObject({
    "launch.target": "one of frame, window",
    "launch.window_width": "a whole number from 0 to 10000",
    "progress.show": "true or false",
  });
});
