import type { DeadLetterRow, PipeRow } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel, type PagedQuery } from "../../../components/list-panel.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangePipes } from "../api/pipes.ts";

/** Statements the target refused for good: why, and what to do with them. */
export function DeadLetters(props: {
  readonly pipe: PipeRow;
  readonly letters: readonly DeadLetterRow[];
  readonly query: PagedQuery;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { pipe, letters } = props;
  const { retry, forget } = useChangePipes();
  const [deleting, setDeleting] = useState<readonly DeadLetterRow[]>();
  const sendAgain = (ids: string[]) =>
    retry.mutate(
      { pipeId: pipe.id, ids },
      {
        onSuccess: ({ queuedCount }) => notifyDone(t("pipes.queued", { count: Number(queuedCount) })),
        onError: (error) => notifyFailed(t("pipes.notRetried"), error),
      },
    );
  const statement = (letter: DeadLetterRow) => (
    <Group gap={2} wrap="nowrap">
      <AnchorLink
        to="/o/$org/lrs"
        params={{ org: slug }}
        search={{ statement: letter.statementId }}
        fz="sm"
        aria-label={t("pipes.openStatement", { id: letter.statementId })}
      >
        <code>{shortId(letter.statementId)}</code>
      </AnchorLink>
      <CopyButton value={letter.statementId} label={t("common.copyId")} />
    </Group>
  );
  const reason = ({ httpStatus, error }: DeadLetterRow) => (
    <Text fz="sm" maw={640} lineClamp={2} title={error}>
      {error || `HTTP ${httpStatus}`}
    </Text>
  );
  const actions = (letter: DeadLetterRow) => (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => sendAgain([letter.id])}
        aria-label={t("pipes.retryOf", { id: letter.statementId })}
      >
        {t("pipes.retry")}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setDeleting([letter])}
        aria-label={t("pipes.forgetOf", { id: letter.statementId })}
      >
        {t("pipes.forget")}
      </Button>
    </Group>
  );
  const columns: Column<DeadLetterRow>[] = [
    { key: "statement", header: t("statements.one"), cell: statement },
    { key: "reason", header: t("pipes.reason"), cell: reason },
    { key: "time", header: t("pipes.refused"), cell: (letter) => <TimeText time={letter.time} /> },
    { key: "action", header: t("common.actions"), cell: actions },
  ];
  return (
    <Panel
      title={t("pipes.letters")}
      aside={
        letters.length > 0 && (
          <Group gap="xs">
            <Button variant="default" loading={retry.isPending} onClick={() => sendAgain([])}>
              {t("pipes.retryAll")}
            </Button>
            <Button variant="default" onClick={() => setDeleting(letters)}>
              {t("pipes.forgetShown", { count: letters.length })}
            </Button>
          </Group>
        )
      }
    >
      <ListPanel
        query={props.query}
        rows={letters}
        columns={columns}
        rowKey={(letter) => letter.id}
        what={t("pipes.lettersWhat")}
        total={pipe.deadLetterCount}
        empty={
          <Text fz="sm" c="dimmed">
            {t("pipes.noLetters")}
          </Text>
        }
        card={(letter) => (
          <Stack gap={6}>
            <Group justify="space-between">
              {statement(letter)}
              <TimeText time={letter.time} />
            </Group>
            {reason(letter)}
            {actions(letter)}
          </Stack>
        )}
      />
      {deleting && (
        <ConfirmDialog
          title={t("pipes.forgetTitle", { count: deleting.length })}
          verb={t("pipes.forgetVerb")}
          failure={t("pipes.lettersWhat")}
          onClose={() => setDeleting(undefined)}
          onConfirm={async () => {
            await forget.mutateAsync({ pipeId: pipe.id, ids: deleting.map(({ id }) => id) });
          }}
        >
          {t("pipes.forgetText")}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
