import type { SettingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Group, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { SkeletonLines } from "../../../components/panel.tsx";
import { useSettings, useUpdateSettings } from "../api/settings.ts";
import { changedHere, groupSettings, type SettingsFilter } from "../group-settings.ts";
import { useSettingName } from "../use-setting-name.ts";
import { SettingLine } from "./setting-line.tsx";

const SHOWS = ["all", "changed", "inherited"] as const;

/** What applies, and who said so? For a course, or for the organization when `courseId` is empty. */
export function SettingsPanel(props: {
  readonly courseId: string;
  readonly filter: SettingsFilter;
  readonly onFilter: (filter: SettingsFilter) => void;
}) {
  const { t } = useTranslation();
  const { filter, onFilter } = props;
  const query = useSettings(props.courseId);
  const update = useUpdateSettings();
  const { nameOf, groupName } = useSettingName();
  const settings = query.data?.settings;
  if (query.error && !settings)
    return <ErrorPanel error={query.error} what={t("settings.what")} onRetry={() => query.refetch()} />;
  if (!settings) return <SkeletonLines lines={10} height={20} />;
  const change = async (setting: SettingRow, value: string | undefined) => {
    try {
      const change =
        value === undefined ? { values: {}, resets: [setting.id] } : { values: { [setting.id]: value }, resets: [] };
      await update.mutateAsync({ courseId: props.courseId, ...change });
    } catch (error) {
      notifyFailed(t("settings.notSaved", { name: nameOf(setting) }), error);
      throw error;
    }
  };
  const groups = groupSettings(settings, filter, nameOf);
  const changed = changedHere(settings);
  return (
    <>
      <FilterBar query={filter.q} onQuery={(q) => onFilter({ ...filter, q })} searchLabel={t("settings.search")}>
        <SegmentedControl
          aria-label={t("settings.show")}
          size="xs"
          value={filter.show}
          onChange={(value) => onFilter({ ...filter, show: SHOWS.find((known) => known === value) ?? "all" })}
          data={SHOWS.map((value) => ({
            value,
            label: value === "changed" ? t("settings.changedHere", { count: changed }) : t(`settings.show_${value}`),
          }))}
        />
      </FilterBar>
      {changed === 0 && filter.show !== "inherited" && (
        <Text c="dimmed" fz="sm" mb="sm">
          {t("settings.nothingChanged")}
        </Text>
      )}
      {groups.length === 0 && (filter.q || changed > 0) && <Text c="dimmed">{t("list.noneMatch")}</Text>}
      <Stack>
        {groups.map(([group, rows]) => (
          <Paper key={group} component="section" aria-label={groupName(group)}>
            <Group px="md" py={10} style={{ borderBottom: "1px solid var(--cm-border)" }}>
              <Title order={2}>{groupName(group)}</Title>
            </Group>
            {rows.map((setting) => (
              <SettingLine
                key={setting.id}
                setting={setting}
                name={nameOf(setting)}
                onChange={(value) => change(setting, value)}
              />
            ))}
          </Paper>
        ))}
      </Stack>
      <Text fz="xs" c="dimmed" mt="sm">
        {t("settings.applies")}
      </Text>
    </>
  );
}
