import type { SettingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";

/** Which settings to show. */
export interface SettingsFilter {
  readonly q: string;
  readonly show: "all" | "changed" | "inherited";
}

/** Settings that match, by group in the order they come; `nameOf` gives the plain name that is searched too. */
export function groupSettings(
  settings: readonly SettingRow[],
  filter: SettingsFilter,
  nameOf: (setting: SettingRow) => string,
): readonly (readonly [string, readonly SettingRow[]])[] {
  const wanted = filter.q.trim().toLowerCase();
  const groups = new Map<string, SettingRow[]>();
  for (const setting of settings) {
    const changed = setting.explicitValue !== undefined;
    if (filter.show === "changed" && !changed) continue;
    if (filter.show === "inherited" && changed) continue;
    if (wanted && !`${nameOf(setting)} ${setting.id}`.toLowerCase().includes(wanted)) continue;
    groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  }
  return [...groups];
}

/** How many values are set at this very place. */
export function changedHere(settings: readonly SettingRow[]): number {
  return settings.filter((setting) => setting.explicitValue !== undefined).length;
}

/** `launch.window_width` as "Window width", for settings that have no name in the language. */
export function plainName(id: string): string {
  const words = (id.split(".").at(-1) ?? id)
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
