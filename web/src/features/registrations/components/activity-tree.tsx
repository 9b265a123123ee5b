import type { ActivityRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Badge, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { completionKind, successKind } from "../../../components/status-badge.tsx";
import { StatusGlyph } from "../../../components/status-glyph.tsx";
import { formatScore } from "../../../lib/format/score.ts";

/** Marks of an activity: current, blocked. */
export function ActivityMarks({ activity }: { readonly activity: ActivityRow }) {
  const { t } = useTranslation();
  return (
    <>
      {activity.current && (
        <Badge size="sm" color="accent" variant="light">
          {t("registration.current")}
        </Badge>
      )}
      {!activity.available && <Badge size="sm">{t("registration.blocked")}</Badge>}
    </>
  );
}

/** The narrow tree beside the journal: choosing an activity shows its data. */
export function ActivityTree(props: {
  readonly activities: readonly ActivityRow[];
  readonly selected: string;
  readonly onSelect: (identifier: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Stack
      component="ul"
      gap={0}
      m={0}
      p={0}
      style={{ listStyle: "none" }}
      aria-label={t("registration.tabActivities")}
    >
      {props.activities.map((activity) => (
        <li key={activity.identifier}>
          <UnstyledButton
            w="100%"
            mih={28}
            px={6}
            ps={6 + activity.depth * 14}
            aria-current={activity.identifier === props.selected ? "true" : undefined}
            onClick={() => props.onSelect(activity.identifier)}
            style={{
              borderRadius: 4,
              background:
                activity.identifier === props.selected
                  ? "light-dark(var(--mantine-color-gray-2), var(--mantine-color-dark-5))"
                  : undefined,
            }}
          >
            <Group gap={6} wrap="nowrap">
              <StatusGlyph kind={completionKind(activity.completion)} shape="circle" />
              <StatusGlyph kind={successKind(activity.success)} shape="shield" />
              <span className="visually-hidden">
                {t(`status.completion.${completionKind(activity.completion)}`)},{" "}
                {t(`status.success.${successKind(activity.success)}`)}
              </span>
              <Text span fz="sm" truncate flex={1} fw={activity.current ? 600 : 400}>
                {activity.title || activity.identifier}
              </Text>
              <Text span fz="xs" c="dimmed">
                {activity.score ? formatScore(activity.score) : ""}
              </Text>
            </Group>
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}
