import type { ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconCheck, IconCircle, IconLoader2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { importPercent, STAGES } from "../import-state.ts";

/** The stages of a running import, with counts. */
export function ImportProgress({ row }: { readonly row: ImportRow }) {
  const { t, i18n } = useTranslation();
  const at = (STAGES as readonly string[]).indexOf(row.state);
  const percent = importPercent(row);
  const counts = [
    row.bytesTotal > 0n &&
      t("imports.bytesOf", {
        done: formatBytes(Number(row.bytesDone), i18n.language),
        total: formatBytes(Number(row.bytesTotal), i18n.language),
      }),
    row.filesTotal > 0 && t("imports.filesOf", { done: row.filesDone, total: row.filesTotal }),
  ].filter(Boolean);
  return (
    <Paper p="md">
      <Stack gap="sm">
        <Group component="ol" gap="lg" style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {STAGES.map((stage, index) => {
            const Icon = index < at ? IconCheck : index === at ? IconLoader2 : IconCircle;
            return (
              <Group
                component="li"
                key={stage}
                gap={6}
                c={index > at ? "dimmed" : "inherit"}
                aria-current={index === at ? "step" : undefined}
              >
                <Icon size={16} aria-hidden="true" />
                {t(`imports.stage_${stage}`)}
              </Group>
            );
          })}
        </Group>
        <Progress
          value={percent ?? 100}
          striped={percent === undefined}
          animated={percent === undefined}
          aria-label={t("imports.progress")}
        />
        <Text fz="sm" c="dimmed" role="status">
          {counts.length > 0 ? counts.join(" · ") : t("imports.starting")}
        </Text>
      </Stack>
    </Paper>
  );
}
