import type { ImportRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AnchorLink } from "../../../components/links.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { type UploadTask, useUploadTasks } from "../../../lib/uploads/upload-queue.ts";
import { useUploads } from "../../../lib/uploads/use-uploads.tsx";
import { useCancelImport, useRunningImports } from "../api/list-imports.ts";
import { importPercent, stageOf } from "../import-state.ts";

/** Uploads of this page and imports that run on the server, each with its progress. Nothing when there are none. */
export function ImportRows() {
  const { t } = useTranslation();
  const uploads = useUploads();
  const tasks = useUploadTasks(uploads);
  const running = useRunningImports().data?.imports ?? [];
  if (tasks.length === 0 && running.length === 0) return null;
  return (
    <Stack component="section" gap="xs" mb="md" aria-label={t("imports.inProgress")}>
      {tasks.map((task) => (
        <UploadRow key={task.id} task={task} />
      ))}
      {running
        .filter((row) => !tasks.some((task) => task.importId === row.id))
        .map((row) => (
          <RunningImport key={row.id} row={row} />
        ))}
    </Stack>
  );
}

function UploadRow({ task }: { readonly task: UploadTask }) {
  const { t, i18n } = useTranslation();
  const uploads = useUploads();
  const { slug } = useOrganization();
  const percent = task.size > 0 ? Math.floor((task.sentBytes / task.size) * 100) : 0;
  const size = (bytes: number) => formatBytes(bytes, i18n.language);
  const words =
    task.state === "sending"
      ? t("imports.uploading", { sent: size(task.sentBytes), total: size(task.size) })
      : task.state === "refused"
        ? t("imports.uploadRefused", { message: task.message })
        : t(`imports.upload_${task.state}`);
  return (
    <ProgressRow
      title={task.name}
      words={words}
      percent={percent}
      failed={task.state === "refused" || task.state === "interrupted"}
      onClose={() => uploads.dismiss(task.id)}
      closeLabel={task.state === "sending" || task.state === "waiting" ? t("common.cancel") : t("common.dismiss")}
    >
      {task.state === "interrupted" && (
        <Button variant="default" onClick={() => void uploads.resume(task.id)}>
          {t("imports.resume")}
        </Button>
      )}
      {task.state === "imported" && (
        <AnchorLink to="/o/$org/imports/$importId" params={{ org: slug, importId: task.importId }} fz="sm">
          {t("imports.openReport")}
        </AnchorLink>
      )}
    </ProgressRow>
  );
}

function RunningImport({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const cancel = useCancelImport();
  const stage = stageOf(row.state);
  const percent = importPercent(row);
  return (
    <ProgressRow
      title={
        <AnchorLink to="/o/$org/imports/$importId" params={{ org: slug, importId: row.id }} fz="sm">
          {row.source}
        </AnchorLink>
      }
      words={stage ? t(`imports.stage_${stage}`) : row.state}
      percent={percent ?? 100}
      striped={percent === undefined}
      failed={false}
      onClose={() => cancel.mutate({ id: row.id })}
      closeLabel={t("imports.cancel")}
    />
  );
}

function ProgressRow(props: {
  readonly title: ReactNode;
  readonly words: string;
  readonly percent: number;
  readonly failed: boolean;
  readonly striped?: boolean;
  readonly onClose: () => void;
  readonly closeLabel: string;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Paper px="sm" py={8}>
      <Group gap="sm" wrap="nowrap">
        <Stack gap={4} flex={1} miw={0}>
          <Group justify="space-between" gap="xs">
            <Text component="div" fz="sm" fw={500} truncate>
              {props.title}
            </Text>
            <Text fz="xs" c={props.failed ? "var(--cm-failed)" : "dimmed"}>
              {props.words}
            </Text>
          </Group>
          <Progress
            value={props.percent}
            size="sm"
            color={props.failed ? "red" : "accent"}
            striped={props.striped ?? false}
            animated={props.striped ?? false}
            aria-label={t("imports.progress")}
          />
        </Stack>
        {props.children}
        <ActionIcon aria-label={props.closeLabel} title={props.closeLabel} onClick={props.onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </Paper>
  );
}
