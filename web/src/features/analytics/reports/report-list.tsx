import type { ReportView } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { ActionIcon, Badge, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangeReports, useExport, useReports } from "../api/reports.ts";
import classes from "../components/board.module.css";
import { isDimension } from "./report-draft.ts";

/** Reports that were kept: own ones and shared ones. */
export function ReportList(props: {
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
  readonly onRemoved: (id: string) => void;
}) {
  const { t } = useTranslation();
  const reports = useReports();
  const { remove } = useChangeReports();
  const save = useExport();
  if (reports.error)
    return <ErrorPanel error={reports.error} what={t("analytics.keptReports")} onRetry={() => reports.refetch()} />;
  if (!reports.data) return <SkeletonLines lines={2} />;
  if (reports.data.reports.length === 0)
    return (
      <Text fz="sm" c="dimmed" maw="60ch">
        {t("analytics.noReports")}
      </Text>
    );
  const removeReport = (report: ReportView) =>
    remove
      .mutateAsync({ id: report.id })
      .then(() => props.onRemoved(report.id))
      .catch((error: unknown) => notifyFailed(t("analytics.removeFailed"), error));
  return (
    <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: "none" }}>
      {reports.data.reports.map((report) => (
        <Group component="li" key={report.id} gap="sm" py={6} wrap="nowrap" justify="space-between">
          <div style={{ minWidth: 0 }}>
            <button
              type="button"
              className={classes.link}
              aria-pressed={props.chosen === report.id}
              onClick={() => props.onChoose(report.id)}
            >
              {report.name}
            </button>
            <Text fz="xs" c="dimmed">
              {report.dimensions
                .filter(isDimension)
                .map((dimension) => t(`analytics.dimension_${dimension}`))
                .join(" × ")}{" "}
              · <TimeText time={report.updateTime} />{" "}
              {report.shared && <Badge size="xs">{t("analytics.shared")}</Badge>}
            </Text>
          </div>
          <Group gap={4} wrap="nowrap">
            <Tooltip label="CSV">
              <ActionIcon
                aria-label={t("chart.downloadNamed", { name: report.name })}
                onClick={() =>
                  void save({ report: "saved", id: report.id }, report.name).catch((error: unknown) =>
                    notifyFailed(t("analytics.exportFailed"), error),
                  )
                }
              >
                <IconDownload size={16} />
              </ActionIcon>
            </Tooltip>
            {report.own && (
              <Tooltip label={t("analytics.removeReport", { name: report.name })}>
                <ActionIcon
                  aria-label={t("analytics.removeReport", { name: report.name })}
                  onClick={() => void removeReport(report)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        </Group>
      ))}
    </Stack>
  );
}
