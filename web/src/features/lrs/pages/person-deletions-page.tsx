import type { PersonDeletionRow } from "@coursemesh/proto/coursemesh/web/v1/person_deletion_view_pb.ts";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { IdText } from "../../../components/copy-button.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangePersonDeletions, usePersonDeletions } from "../api/person-deletions.ts";
import { PersonDeletionDialog } from "../components/person-deletion-dialog.tsx";
import { LrsLayout } from "./lrs-layout.tsx";

const STATES = { waiting: "yellow", running: "blue", done: "teal", canceled: "gray", failed: "red" } as const;

/** A badge that is never cut. */
const WHOLE = { flex: "none" } as const;

/** Privacy requests on the record store: what was asked, when it begins, what went. */
export function PersonDeletionsPage() {
  const { t, i18n } = useTranslation();
  const query = usePersonDeletions();
  const { cancel } = useChangePersonDeletions();
  const [creating, dialog] = useDisclosure(false);
  const [canceling, setCanceling] = useState<PersonDeletionRow>();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const create = (
    <GuardedButton scope="lrs:admin" leftSection={<IconUserX size={16} />} onClick={dialog.open}>
      {t("deletions.create")}
    </GuardedButton>
  );
  const state = (row: PersonDeletionRow) => {
    const known = (Object.keys(STATES) as (keyof typeof STATES)[]).find((each) => each === row.state);
    if (!known) return row.state;
    return (
      <Group gap={6} wrap="nowrap">
        <Badge color={STATES[known]} style={WHOLE}>
          {t(`deletions.state_${known}`)}
        </Badge>
        {row.dryRun && <Badge style={WHOLE}>{t("deletions.dryRun")}</Badge>}
      </Group>
    );
  };
  const counts = (row: PersonDeletionRow) =>
    row.state === "waiting"
      ? "—"
      : t("deletions.counts", {
          statements: number(row.statementCount),
          documents: number(row.documentCount),
          attachments: number(row.attachmentCount),
        });
  const action = (row: PersonDeletionRow) =>
    row.state === "waiting" && (
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setCanceling(row)}
        aria-label={t("deletions.cancelOf", { id: row.id })}
      >
        {t("deletions.cancel")}
      </Button>
    );
  const columns: Column<PersonDeletionRow>[] = [
    { key: "id", header: t("deletions.request"), cell: (row) => <IdText id={row.id} /> },
    { key: "state", header: t("deletions.state"), cell: state },
    {
      key: "counts",
      header: t("deletions.removed"),
      cell: (row) => (
        <>
          {counts(row)}
          {row.error && (
            <Text fz="xs" c="var(--cm-failed)">
              {row.error}
            </Text>
          )}
        </>
      ),
    },
    { key: "asked", header: t("deletions.asked"), cell: (row) => <TimeText time={row.createTime} absolute /> },
    { key: "start", header: t("deletions.begins"), cell: (row) => <TimeText time={row.startTime} absolute /> },
    { key: "end", header: t("deletions.ended"), cell: (row) => <TimeText time={row.endTime} absolute /> },
    { key: "action", header: t("common.actions"), cell: action },
  ];
  return (
    <LrsLayout actions={create}>
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.deletions)}
        columns={columns}
        rowKey={(row) => row.id}
        what={t("deletions.list")}
        empty={<EmptyState title={t("deletions.none")} text={t("deletions.noneText")} action={create} />}
        card={(row) => (
          <Stack gap={6} fz="sm">
            <Group justify="space-between">
              <IdText id={row.id} />
              {state(row)}
            </Group>
            {row.state !== "waiting" && <span>{counts(row)}</span>}
            <Group justify="space-between">
              <span>
                {t("deletions.begins")}: <TimeText time={row.startTime} absolute />
              </span>
              {action(row)}
            </Group>
          </Stack>
        )}
      />
      {creating && <PersonDeletionDialog onClose={dialog.close} />}
      {canceling && (
        <ConfirmDialog
          title={t("deletions.cancelTitle")}
          verb={t("deletions.cancelVerb")}
          failure={t("deletions.one")}
          onClose={() => setCanceling(undefined)}
          onConfirm={() => cancel.mutateAsync({ id: canceling.id })}
        >
          {t("deletions.cancelText")}
        </ConfirmDialog>
      )}
    </LrsLayout>
  );
}
