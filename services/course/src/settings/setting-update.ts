import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { errors } from "../errors.ts";
import { expectedOf, readSettingValue } from "./setting-definition.ts";
import { findSettingDefinition } from "./setting-definitions.ts";

/**
 * Checks an update as a whole and gives its values in their one written form.
 * The reason names the first wrong setting, the sentence all of them.
 * @throws SETTING_UNKNOWN, SETTING_VALUE_INVALID, FIELD_INVALID
 */
export function checkSettings(
  values: Readonly<Record<string, string>>,
  resets: readonly string[],
): ReadonlyMap<string, string> {
  const unknown = [...Object.keys(values), ...resets].filter((id) => findSettingDefinition(id) === undefined);
  if (unknown[0] !== undefined)
    throw errors.settingUnknown({ setting: unknown[0] }, `there is no setting ${unknown.join(", ")}`);
  const twice = resets.find((id) => id in values);
  if (twice !== undefined) throw fieldInvalid("resets", `${twice} is set in the same request`);
  const read = Object.entries(values).map(([setting, text]) => {
    const definition = findSettingDefinition(setting);
    const value = definition && readSettingValue(definition, text);
    return { setting, text, value, expected: definition ? expectedOf(definition) : "" };
  });
  const wrong = read.filter(({ value }) => value === undefined);
  const [first] = wrong;
  if (first !== undefined)
    throw errors.settingValueInvalid(
      { setting: first.setting, value: first.text.slice(0, 200), expected: first.expected },
      wrong.map(({ setting, expected }) => `${setting} must be ${expected}`).join("; "),
    );
  return new Map(read.map(({ setting, value }) => [setting, value ?? ""]));
}
