import type { PipeRow } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconDots, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useChangePipes } from "../api/pipes.ts";
import { PipeDialog } from "./pipe-dialog.tsx";

/** Pause or resume; edit and delete behind the dots. */
export function PipeActions(props: { readonly pipe: PipeRow; readonly onDeleted?: () => void }) {
  const { t, i18n } = useTranslation();
  const { pipe } = props;
  const { pause, resume, remove } = useChangePipes();
  const [open, setOpen] = useState<"edit" | "delete">();
  const close = () => setOpen(undefined);
  const runs = pipe.status === "running" || pipe.status === "retrying";
  const failed = (error: unknown) => notifyFailed(t("pipes.notChanged", { name: pipe.name }), error);
  const [toggle, label, Icon] = runs
    ? [pause, t("pipes.pause"), IconPlayerPause]
    : ([resume, t("pipes.resume"), IconPlayerPlay] as const);
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Icon size={14} />}
        loading={pause.isPending || resume.isPending}
        onClick={() => toggle.mutate({ id: pipe.id }, { onError: failed })}
        aria-label={t("pipes.actionOf", { action: label, name: pipe.name })}
      >
        {label}
      </Button>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t("pipes.more", { name: pipe.name })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("edit")}>{t("pipes.editItem")}</Menu.Item>
          <Menu.Item color="red" onClick={() => setOpen("delete")}>
            {t("pipes.deleteItem")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "edit" && <PipeDialog pipe={pipe} onClose={close} onSaved={close} />}
      {open === "delete" && (
        <ConfirmDialog
          title={t("pipes.deleteTitle", { name: pipe.name })}
          verb={t("pipes.deleteVerb")}
          failure={t("pipes.one")}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync({ id: pipe.id });
            notifyDone(t("pipes.deleted", { name: pipe.name }));
            props.onDeleted?.();
          }}
        >
          {t("pipes.deleteText", {
            waiting: pipe.waitingCount.toLocaleString(i18n.language),
            letters: pipe.deadLetterCount.toLocaleString(i18n.language),
          })}
        </ConfirmDialog>
      )}
    </Group>
  );
}
