import type { ImportReportView, ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Group, Paper, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconXboxX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { severityOf } from "./finding-card.tsx";

const LOOK = {
  ready: { Icon: IconCircleCheck, colour: "var(--cm-passed)" },
  ready_with_notes: { Icon: IconAlertTriangle, colour: "var(--cm-incomplete)" },
  not_playable: { Icon: IconXboxX, colour: "var(--cm-failed)" },
} as const;

/** Will it work? The verdict, how many blockers and notes, and what the package is. */
export function ImportVerdict({ row, report }: { readonly row: ImportRow; readonly report: ImportReportView }) {
  const { t, i18n } = useTranslation();
  const verdict = report.verdict in LOOK ? (report.verdict as keyof typeof LOOK) : "not_playable";
  const { Icon, colour } = LOOK[verdict];
  const blockers = report.findings.filter((finding) => severityOf(finding.severity) === "error").length;
  const notes = report.findings.length - blockers;
  return (
    <Paper p="md">
      <Stack>
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Icon size={28} color={colour} style={{ flex: "none" }} aria-hidden="true" />
          <div>
            <Text fz="xl" fw={600} c={colour} lh="28px">
              {t(`imports.verdict_${verdict}`)}
            </Text>
            <Text fz="sm" c="dimmed">
              {[t("imports.blockers", { count: blockers }), t("imports.notes", { count: notes })].join(" · ")}
            </Text>
          </div>
        </Group>
        <Facts
          facts={[
            [t("courses.standard"), report.standard || t("imports.notDetected")],
            [t("imports.tool"), report.authoringTool || t("imports.notDetected")],
            [t("versions.activities"), report.activityCount.toLocaleString(i18n.language)],
            [t("course.files"), report.fileCount.toLocaleString(i18n.language)],
            [t("course.size"), formatBytes(Number(report.sizeBytes), i18n.language)],
            [
              t("imports.duration"),
              `${report.durationSeconds.toLocaleString(i18n.language, { maximumFractionDigits: 1 })} s`,
            ],
            [t("imports.ended"), <TimeText key="end" time={row.endTime} />],
            [t("versions.author"), row.createdBy || "—"],
          ]}
        />
      </Stack>
    </Paper>
  );
}
