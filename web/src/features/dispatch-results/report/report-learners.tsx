import type { ReportLearnerRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { ListPanel, type PagedQuery } from "../../../components/list-panel.tsx";
import { CompletionBadge, StatusBadges, SuccessBadge } from "../../../components/status-badge.tsx";
import { DurationText, TimeText } from "../../../components/time-text.tsx";
import { learnerText } from "../components/learner-name.tsx";
import { ScoreText } from "../components/result-text.tsx";

/** Learners of a customer, last active first; only where the link allows it. */
export function ReportLearners(props: {
  readonly query: PagedQuery;
  readonly learners: readonly ReportLearnerRow[] | undefined;
}) {
  const { t } = useTranslation();
  const name = ({ name: learnerName, learnerId }: ReportLearnerRow) => learnerText({ learnerName, learnerId });
  const columns: Column<ReportLearnerRow>[] = [
    { key: "learner", header: t("dispatchResults.learner"), cell: name },
    {
      key: "completion",
      header: t("dispatchResults.line_completion"),
      cell: ({ result }) => <CompletionBadge value={result?.completion ?? ""} />,
    },
    {
      key: "success",
      header: t("dispatchResults.line_success"),
      cell: ({ result }) => <SuccessBadge value={result?.success ?? ""} />,
    },
    {
      key: "score",
      header: t("dispatchResults.line_score"),
      numeric: true,
      cell: ({ result }) => <ScoreText result={result} />,
    },
    {
      key: "time",
      header: t("dispatchResults.line_time"),
      numeric: true,
      cell: ({ result }) => <DurationText seconds={result?.totalSeconds ?? 0} />,
    },
    {
      key: "last",
      header: t("dispatchResults.lastActivity"),
      cell: ({ lastActivityTime }) => <TimeText time={lastActivityTime} />,
    },
  ];
  return (
    <ListPanel
      query={props.query}
      rows={props.learners}
      columns={columns}
      rowKey={({ learnerId, lastActivityTime }) => `${learnerId} ${lastActivityTime}`}
      what={t("report.learners")}
      empty={<Text c="dimmed">{t("report.noLearners")}</Text>}
      card={(row) => (
        <Stack gap={4}>
          <Text fw={500}>{name(row)}</Text>
          <StatusBadges completion={row.result?.completion ?? ""} success={row.result?.success ?? ""} />
          <Group gap="md" fz="sm">
            <ScoreText result={row.result} />
            <TimeText time={row.lastActivityTime} />
          </Group>
        </Stack>
      )}
    />
  );
}
