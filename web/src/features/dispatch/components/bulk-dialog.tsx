import { Button, Group, List, Modal, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { Notice } from "../../../components/notice.tsx";
import { type BulkAction, isOpen, useBulkOperation, useChangeBulk } from "../api/operations.ts";
import type { Format } from "../api/packages.ts";
import { FormatChoice } from "./format-choice.tsx";

/** Says what will happen, does it, shows how far it is and what failed. */
export function BulkDialog(props: {
  readonly action: BulkAction;
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
  /** When all went well and the dialog closes. */
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { action, ids } = props;
  const { start } = useChangeBulk();
  const [requestId] = useState(() => crypto.randomUUID());
  const [format, setFormat] = useState<Format>("scorm12");
  const id = start.data?.operation?.id;
  const destructive = action === "delete" || action === "reset";
  const request = { requestId, dispatchIds: [...ids], action, format: action === "generate" ? format : "" };
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t(`dispatch.bulkTitle_${action}`, { count: ids.length })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {id ? (
        <BulkProgress id={id} nameOf={props.nameOf} onClose={props.onClose} onDone={props.onDone} />
      ) : (
        <Stack>
          <Text fz="sm">{t(`dispatch.bulkText_${action}`)}</Text>
          {action === "generate" && <FormatChoice format={format} onChange={setFormat} />}
          {start.error && <ErrorPanel error={start.error} what={t("dispatch.theOperation")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              data-autofocus
              loading={start.isPending}
              {...(destructive && { color: "red.8", variant: "filled", autoContrast: false, c: "white" })}
              onClick={() => start.mutate(request)}
            >
              {t(`dispatch.bulkVerb_${action}`, { count: ids.length })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function BulkProgress(props: {
  readonly id: string;
  readonly nameOf: (id: string) => string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const query = useBulkOperation(props.id);
  const { cancel } = useChangeBulk();
  const operation = query.data?.operation;
  const failures = query.data?.failures ?? [];
  const open = isOpen(operation?.state);
  const total = operation?.totalCount ?? 0;
  const done = operation?.doneCount ?? 0;
  const failed = operation?.failedCount ?? 0;
  const close = () => {
    if (!open) props.onDone();
    props.onClose();
  };
  return (
    <Stack>
      {query.error && (
        <ErrorPanel error={query.error} what={t("dispatch.theOperation")} onRetry={() => query.refetch()} />
      )}
      <Progress.Root size="lg">
        <Progress.Section
          value={total > 0 ? ((done - failed) / total) * 100 : 0}
          color="var(--cm-passed-fill)"
          aria-label={t("dispatch.bulkSucceeded")}
        />
        <Progress.Section
          value={total > 0 ? (failed / total) * 100 : 0}
          color="var(--cm-failed-fill)"
          aria-label={t("dispatch.bulkFailed")}
        />
      </Progress.Root>
      <Text fz="sm" role="status">
        {t(
          open
            ? "dispatch.bulkRunning"
            : operation?.state === "canceled"
              ? "dispatch.bulkCanceled"
              : "dispatch.bulkDone",
          {
            done,
            total,
            failed,
          },
        )}
      </Text>
      {failures.length > 0 && (
        <Notice kind="failed" title={t("dispatch.bulkFailures", { count: failed })}>
          <List size="sm">
            {failures.map(({ dispatchId, error, reason }) => (
              <List.Item key={dispatchId}>
                {props.nameOf(dispatchId)}: {error || reason}
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
      <Group justify="flex-end" gap="xs">
        {open && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id: props.id })}>
            {t("dispatch.bulkStop")}
          </Button>
        )}
        <Button onClick={close}>{t(open ? "dispatch.bulkBackground" : "dispatch.done")}</Button>
      </Group>
    </Stack>
  );
}
