import type { PipeRow } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowsRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { usePipes } from "../api/pipes.ts";
import { PipeActions } from "../components/pipe-actions.tsx";
import { PipeDialog } from "../components/pipe-dialog.tsx";
import { PipeStatus, usePipeLag } from "../components/pipe-status.tsx";
import { LrsLayout } from "./lrs-layout.tsx";

/** Where statements are forwarded to, and whether that works. */
export function PipesPage({ onCreated }: { readonly onCreated: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const query = usePipes();
  const lag = usePipeLag();
  const [creating, dialog] = useDisclosure(false);
  const create = (
    <GuardedButton scope="lrs:admin" leftSection={<IconArrowsRight size={16} />} onClick={dialog.open}>
      {t("pipes.create")}
    </GuardedButton>
  );
  const columns: Column<PipeRow>[] = [
    { key: "name", header: t("pipes.name"), cell: (pipe) => <PipeName pipe={pipe} /> },
    { key: "status", header: t("pipes.status"), cell: (pipe) => <PipeStatus pipe={pipe} /> },
    { key: "lag", header: t("pipes.lag"), cell: lag },
    { key: "through", header: t("pipes.through"), cell: (pipe) => <TimeText time={pipe.forwardedThrough} /> },
    {
      key: "forwarded",
      header: t("pipes.forwarded"),
      numeric: true,
      cell: (pipe) => pipe.forwardedCount.toLocaleString(i18n.language),
    },
    {
      key: "letters",
      header: t("pipes.letters"),
      numeric: true,
      cell: (pipe) => pipe.deadLetterCount.toLocaleString(i18n.language),
    },
    { key: "error", header: t("pipes.lastError"), cell: (pipe) => <LastError pipe={pipe} /> },
    { key: "action", header: t("common.actions"), cell: (pipe) => <PipeActions pipe={pipe} /> },
  ];
  return (
    <LrsLayout actions={create}>
      <ListPanel
        query={query}
        rows={query.data?.pipes}
        columns={columns}
        rowKey={(pipe) => pipe.id}
        what={t("pipes.list")}
        empty={<EmptyState title={t("pipes.none")} text={t("pipes.noneText")} action={create} />}
        card={(pipe) => (
          <Stack gap={6}>
            <Group justify="space-between" wrap="nowrap">
              <PipeName pipe={pipe} />
              <PipeActions pipe={pipe} />
            </Group>
            <Group gap="xs" fz="sm">
              <PipeStatus pipe={pipe} />
              <span>{lag(pipe)}</span>
            </Group>
            {pipe.lastError && <LastError pipe={pipe} />}
          </Stack>
        )}
      />
      {creating && <PipeDialog onClose={dialog.close} onSaved={onCreated} />}
    </LrsLayout>
  );
}

function PipeName({ pipe }: { readonly pipe: PipeRow }) {
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={280}>
      <AnchorLink to="/o/$org/lrs/pipes/$pipeId" params={{ org: slug, pipeId: pipe.id }} fw={500} fz="sm" truncate>
        {pipe.name}
      </AnchorLink>
      <Text fz="xs" c="dimmed" truncate title={pipe.targetUrl}>
        {pipe.targetUrl}
      </Text>
    </Stack>
  );
}

function LastError({ pipe }: { readonly pipe: PipeRow }) {
  return (
    <Text fz="xs" maw={300} lineClamp={2} title={pipe.lastError} c={pipe.lastError ? "var(--cm-failed)" : "dimmed"}>
      {pipe.lastError || "—"}
    </Text>
  );
}
