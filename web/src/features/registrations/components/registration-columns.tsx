import type { RegistrationRow } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { CompletionBadge, StatusBadges, SuccessBadge } from "../../../components/status-badge.tsx";
import { DurationText, TimeText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** Columns of the list; the course column goes where the page is the course's own. */
export function useRegistrationColumns(withCourse: boolean): Column<RegistrationRow>[] {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const course: Column<RegistrationRow> = {
    key: "course",
    header: t("registrations.course"),
    cell: (row) => (
      <Group gap={6} wrap="nowrap" maw={250}>
        <AnchorLink
          to="/o/$org/courses/$courseId"
          params={{ org: slug, courseId: row.courseId }}
          truncate
          fz="sm"
          c="inherit"
        >
          {row.courseTitle}
        </AnchorLink>
        <Text span fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {t("registrations.versionShort", { number: row.versionNumber })}
        </Text>
      </Group>
    ),
  };
  return [
    { key: "learner", header: t("registrations.learner"), cell: (row) => <LearnerCell row={row} /> },
    ...(withCourse ? [course] : []),
    {
      key: "completion",
      header: t("registrations.completion"),
      cell: (row) => <CompletionBadge value={row.completion} />,
    },
    { key: "success", header: t("registrations.success"), cell: (row) => <SuccessBadge value={row.success} /> },
    { key: "score", header: t("registrations.score"), numeric: true, cell: (row) => formatScore(row.score) },
    {
      key: "time",
      header: t("registrations.time"),
      numeric: true,
      cell: (row) => <DurationText seconds={row.totalSeconds} />,
    },
    { key: "activity", header: t("registrations.lastActivity"), cell: (row) => <TimeText time={row.activityTime} /> },
    { key: "source", header: t("registrations.source"), cell: (row) => row.source || "—" },
  ];
}

function LearnerCell({ row }: { readonly row: RegistrationRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Group gap={8} wrap="nowrap" miw={150} maw={230}>
      <AnchorLink
        to="/o/$org/registrations/$registrationId"
        params={{ org: slug, registrationId: row.id }}
        fw={500}
        fz="sm"
        truncate
        title={row.learnerEmail || row.learnerId}
      >
        {row.learnerName || row.learnerId}
      </AnchorLink>
      {row.sessionOpen && <OpenDot />}
      {row.instanceCount > 1 && <Badge size="sm">{t("registrations.tryNumber", { number: row.instanceCount })}</Badge>}
    </Group>
  );
}

/** A session is open right now. */
export function OpenDot() {
  const { t } = useTranslation();
  return (
    <Group component="span" gap={4} wrap="nowrap" fz="xs" c="var(--cm-passed)">
      <span aria-hidden="true" style={{ width: 8, height: 8, borderRadius: 4, background: "var(--cm-passed-fill)" }} />
      {t("registrations.open")}
    </Group>
  );
}

/** The same registration on a phone: learner, course, two badges. */
export function RegistrationCard({ row }: { readonly row: RegistrationRow }) {
  return (
    <Stack gap={4}>
      <LearnerCell row={row} />
      <Text fz="sm" c="dimmed" truncate>
        {row.courseTitle}
      </Text>
      <StatusBadges completion={row.completion} success={row.success} />
    </Stack>
  );
}
