import type { FactRow } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useFigureRegistrations } from "../api/boards.ts";
import { useExport } from "../api/reports.ts";
import { useBoard } from "../board/board-context.ts";
import { type OpenFigure, toFigureQuestion } from "../board/board-search.ts";
import { figureExport } from "../export-parameters.ts";
import { useFigureWords } from "../use-figure-words.ts";
import { useFormats } from "../use-formats.ts";

/** Exactly the registrations behind a number. */
export function FigureDrawer({ figure }: { readonly figure: OpenFigure }) {
  const { t } = useTranslation();
  const { search, range, zone, change } = useBoard();
  const { count } = useFormats();
  const words = useFigureWords();
  const question = toFigureQuestion(search, range, zone, figure);
  const query = useFigureRegistrations(question, {
    kind: figure.kind,
    ...(figure.from !== undefined && { from: figure.from }),
    ...(figure.to !== undefined && { to: figure.to }),
    activityId: figure.activity ?? "",
    questionId: figure.question ?? "",
    answer: figure.answer ?? "",
    attempts: figure.attempts ?? 0,
    timeKind: figure.time ?? "",
  });
  const rows = query.data?.pages.flatMap((page) => page.registrations);
  const total = Number(query.data?.pages[0]?.total ?? 0n);
  const columns = useFactColumns();
  const save = useExport();
  const [saving, setSaving] = useState(false);
  const download = async () => {
    setSaving(true);
    await save(figureExport(question, figure), "registrations").catch((error: unknown) =>
      notifyFailed(t("analytics.exportFailed"), error),
    );
    setSaving(false);
  };
  return (
    <Drawer
      opened
      onClose={() => change({ open: undefined })}
      size="min(920px, 100%)"
      title={words.title(figure)}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Text fz="sm" c="dimmed" maw="60ch">
            {words.detail(figure, question)}
          </Text>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={saving}
            onClick={() => void download()}
          >
            CSV
          </Button>
        </Group>
        {rows && (
          <Text fw={600} data-total={total}>
            {t("analytics.registrationCount", { count: total, formatted: count(total) })}
          </Text>
        )}
        <ListPanel
          query={query}
          rows={rows}
          total={total}
          columns={columns}
          rowKey={(row) => row.registrationId}
          what={t("analytics.registrationsBehind")}
          card={(row) => <FactCard row={row} />}
          empty={<Text c="dimmed">{t("analytics.noRegistrations")}</Text>}
        />
      </Stack>
    </Drawer>
  );
}

function useFactColumns(): Column<FactRow>[] {
  const { t } = useTranslation();
  const { duration } = useFormats();
  return [
    { key: "learner", header: t("registrations.learner"), cell: (row) => <LearnerLink row={row} /> },
    {
      key: "course",
      header: t("registrations.course"),
      cell: (row) => (
        <Text fz="sm" truncate maw={150} title={row.courseTitle}>
          {row.courseTitle || row.courseId}
        </Text>
      ),
    },
    {
      key: "status",
      header: t("statusMix.status"),
      cell: (row) => <StatusBadges completion={row.completion} success={row.success} />,
    },
    { key: "score", header: t("registrations.score"), numeric: true, cell: (row) => formatScore(row.score) },
    { key: "active", header: t("analytics.activeTime"), numeric: true, cell: (row) => duration(row.activeMs) },
    { key: "last", header: t("registrations.lastActivity"), cell: (row) => <TimeText time={row.lastActivityTime} /> },
  ];
}

function LearnerLink({ row }: { readonly row: FactRow }) {
  const { slug } = useOrganization();
  return (
    <AnchorLink
      to="/o/$org/registrations/$registrationId"
      params={{ org: slug, registrationId: row.registrationId }}
      fw={500}
      fz="sm"
      data-registration={row.registrationId}
      style={{ whiteSpace: "nowrap" }}
    >
      {row.learnerName || row.learnerId}
    </AnchorLink>
  );
}

/** The same registration on a phone. */
export function FactCard({ row }: { readonly row: FactRow }) {
  return (
    <Stack gap={4}>
      <LearnerLink row={row} />
      <Text fz="sm" c="dimmed" truncate>
        {row.courseTitle}
      </Text>
      <Group gap="md">
        <StatusBadges completion={row.completion} success={row.success} />
        <Text span fz="sm">
          {formatScore(row.score)}
        </Text>
      </Group>
    </Stack>
  );
}
