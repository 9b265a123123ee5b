import type { DispatchRankRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { formatShare } from "../../../lib/format/score.ts";

/** Figures of each deployment or dispatch, most launches first. */
export function RankTable(props: {
  readonly label: string;
  readonly first: string;
  readonly rows: readonly DispatchRankRow[];
  readonly none: string;
  readonly link: (row: DispatchRankRow) => ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const number = (value: bigint | undefined) => (value ?? 0n).toLocaleString(i18n.language);
  const completed = ({ figures }: DispatchRankRow) =>
    `${number(figures?.completions)} (${formatShare(Number(figures?.completions ?? 0n), Number(figures?.uniqueLearners ?? 0n))})`;
  const score = ({ figures }: DispatchRankRow) =>
    figures?.averageScore?.toLocaleString(i18n.language, { maximumFractionDigits: 1 }) ?? "—";
  const name = (row: DispatchRankRow) => (
    <Stack gap={0} miw={0} maw={300}>
      {props.link(row)}
      <Text fz="xs" c="dimmed" truncate title={row.detail}>
        {row.detail}
      </Text>
    </Stack>
  );
  const columns: Column<DispatchRankRow>[] = [
    { key: "name", header: props.first, cell: name },
    {
      key: "launches",
      header: t("dispatchResults.launches"),
      numeric: true,
      cell: ({ figures }) => number(figures?.launches),
    },
    {
      key: "learners",
      header: t("dispatchResults.learners"),
      numeric: true,
      cell: ({ figures }) => number(figures?.uniqueLearners),
    },
    { key: "completed", header: t("dispatchResults.completions"), numeric: true, cell: completed },
    { key: "score", header: t("dispatchResults.averageScore"), numeric: true, cell: score },
    {
      key: "refusals",
      header: t("dispatchResults.refusals"),
      numeric: true,
      cell: ({ figures }) => number(figures?.refusals),
    },
  ];
  if (props.rows.length === 0) return <Text c="dimmed">{props.none}</Text>;
  return (
    <DataTable
      columns={columns}
      rows={props.rows}
      rowKey={({ id }) => id}
      label={t("dispatchResults.tableOf", { name: props.label })}
      card={(row) => (
        <Stack gap={4}>
          {name(row)}
          <Group gap="md" fz="sm">
            <span>{t("dispatchResults.launchCount", { count: Number(row.figures?.launches ?? 0n) })}</span>
            <span>
              {t("dispatchResults.completions")}: {completed(row)}
            </span>
          </Group>
        </Stack>
      )}
    />
  );
}
