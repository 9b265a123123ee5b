import type { ActivityRow, GetRegistrationResponse } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Drawer, Group, Paper, SegmentedControl, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { DurationText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { type ActivityFilter, matchesActivity } from "../activity-filter.ts";
import { ActivityMarks } from "../components/activity-tree.tsx";
import { DataElements } from "../components/data-elements.tsx";
import { namesOf } from "../why/names.ts";
import { useReplayCheck } from "../why/use-replay-check.tsx";

const FILTERS = ["all", "incomplete", "failed", "blocked"] as const;

/** The activities of one try with their states; each opens its data. `onAt` goes to a call of the journal. */
export function ActivitiesTab({
  answer,
  onAt,
}: {
  readonly answer: GetRegistrationResponse;
  readonly onAt: (position: string) => void;
}) {
  const { t } = useTranslation();
  const { activities, instanceId } = answer;
  const registrationId = answer.registration?.id ?? "";
  const replay = useReplayCheck({ registrationId, instanceId, steps: [], names: namesOf([], []), onAt });
  const [filter, setFilter] = useState<ActivityFilter>("all");
  const [open, setOpen] = useState<ActivityRow>();
  const shown = activities.filter((activity) => matchesActivity(activity, filter));
  if (activities.length === 0) return <Text c="dimmed">{t("registration.noActivities")}</Text>;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t("registration.filterActivities")}
          value={filter}
          onChange={(value) => setFilter(FILTERS.find((known) => known === value) ?? "all")}
          data={FILTERS.map((value) => ({ value, label: t(`registration.activities_${value}`) }))}
        />
        {replay.button}
      </Group>
      {replay.verdict}
      {shown.length === 0 && <Text c="dimmed">{t("list.noneMatch")}</Text>}
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: "none" }}>
        {shown.map((activity) => (
          <Paper component="li" key={activity.identifier} radius={0} px="md" py={8} mb={-1}>
            <Group justify="space-between" gap="sm" ps={activity.depth * 20}>
              <Group gap="xs" flex="1 1 240px">
                <UnstyledButton onClick={() => setOpen(activity)} aria-haspopup="dialog" fw={activity.leaf ? 500 : 600}>
                  <Text
                    span
                    fz="sm"
                    fw={activity.leaf ? 500 : 600}
                    td="underline"
                    style={{ textUnderlineOffset: 3, textDecorationColor: "var(--cm-border)" }}
                  >
                    {activity.title || activity.identifier}
                  </Text>
                </UnstyledButton>
                <ActivityMarks activity={activity} />
              </Group>
              <Group gap="lg">
                <div style={{ minWidth: 210 }}>
                  <StatusBadges completion={activity.completion} success={activity.success} />
                </div>
                <Text span fz="sm" miw={90} ta="end">
                  {formatScore(activity.score)}
                </Text>
                <Text span fz="sm" miw={90} ta="end">
                  <DurationText seconds={activity.totalSeconds} />
                </Text>
                <Text span fz="sm" c="dimmed" miw={80} ta="end">
                  {t("registration.attempts", { count: activity.attemptCount })}
                </Text>
              </Group>
            </Group>
          </Paper>
        ))}
      </Stack>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.title}
        size="lg"
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {open && (
          <Stack>
            <StatusBadges completion={open.completion} success={open.success} />
            <Text fz="sm" c="dimmed">
              <code>{open.identifier}</code>
              {open.status && ` · lesson_status ${open.status}`}
            </Text>
            <DataElements stateJson={open.stateJson} />
          </Stack>
        )}
      </Drawer>
    </Stack>
  );
}
