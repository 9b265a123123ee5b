import type { SettingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { useTranslation } from "react-i18next";
import { plainName } from "./group-settings.ts";

/** Names of settings, groups and choices in the person's language; an unknown one is made readable. */
export function useSettingName() {
  const { t } = useTranslation();
  // Ids come from the course service, so these keys cannot be checked by the compiler.
  const find = t as unknown as (key: string, options: { defaultValue: string }) => string;
  return {
    nameOf: (setting: SettingRow) =>
      find(`settings.names.${setting.id.replaceAll(".", "_")}`, { defaultValue: plainName(setting.id) }),
    groupName: (group: string) => find(`settings.groups.${group}`, { defaultValue: plainName(group) }),
    valueName: (setting: SettingRow, value: string) => {
      if (setting.type === "boolean") return value === "true" ? t("settings.on") : t("settings.off");
      if (value === "") return t("settings.empty");
      return setting.type === "choice" ? find(`settings.values.${value}`, { defaultValue: plainName(value) }) : value;
    },
    sourceName: (source: string) => find(`settings.sources.${source}`, { defaultValue: plainName(source) }),
  };
}
