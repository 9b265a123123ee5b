import type { DispatchDraft, DispatchRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconDownload, IconExternalLink, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { openInNewTab } from "../../../lib/open-in-new-tab.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeDispatches } from "../api/dispatches.ts";
import { useRevokePackages } from "../api/packages.ts";
import { DownloadDialog } from "./download-dialog.tsx";
import { RotateCallbackDialog } from "./rotate-callback-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";

/** Download, test and pause; edit, revoke and delete behind the dots. */
export function DispatchActions(props: {
  readonly dispatch: DispatchRow;
  readonly draft: DispatchDraft;
  readonly onDeleted: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { dispatch, draft } = props;
  const { id, name, enabled } = dispatch;
  const { setEnabled, remove, test } = useChangeDispatches();
  const { revokeAll } = useRevokePackages();
  const mayWrite = useCan("dispatch:write");
  const mayDelete = useCan("dispatch:delete");
  const [open, setOpen] = useState<"download" | "edit" | "rotate" | "revoke" | "delete">();
  const [secret, setSecret] = useState("");
  const close = () => setOpen(undefined);
  const failed = (error: unknown) => notifyFailed(t("dispatch.notChanged", { name }), error);
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  return (
    <>
      <GuardedButton
        scope="dispatch:write"
        leftSection={<IconDownload size={16} />}
        onClick={() => setOpen("download")}
      >
        {t("dispatch.download")}
      </GuardedButton>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        leftSection={<IconExternalLink size={16} />}
        onClick={() =>
          void openInNewTab(
            async () => (await test.mutateAsync({ id })).url,
            (error) => notifyFailed(t("dispatch.notTested"), error),
          )
        }
      >
        {t("dispatch.test")}
      </GuardedButton>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        loading={setEnabled.isPending}
        onClick={() => setEnabled.mutate({ id, enabled: !enabled }, { onError: failed })}
      >
        {t(enabled ? "dispatch.pause" : "dispatch.resume")}
      </GuardedButton>
      {mayWrite && (
        <Menu>
          <Menu.Target>
            <ActionIcon size={36} variant="default" aria-label={t("dispatch.more", { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setOpen("edit")}>{t("dispatch.editItem")}</Menu.Item>
            {draft.callback?.auth === "signature" && (
              <Menu.Item onClick={() => setOpen("rotate")}>{t("dispatch.rotateItem")}</Menu.Item>
            )}
            <Menu.Item color="red" onClick={() => setOpen("revoke")}>
              {t("dispatch.revokeItem")}
            </Menu.Item>
            {mayDelete && (
              <Menu.Item color="red" onClick={() => setOpen("delete")}>
                {t("dispatch.deleteItem")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {open === "download" && <DownloadDialog of={{ dispatchId: id }} name={name} onClose={close} />}
      {open === "edit" && <SettingsDialog dispatch={dispatch} draft={draft} onClose={close} />}
      {open === "rotate" && (
        <RotateCallbackDialog
          dispatchId={id}
          onClose={close}
          onMade={(made) => {
            close();
            setSecret(made);
          }}
        />
      )}
      {secret && <CallbackSecretDialog secret={secret} onClose={() => setSecret("")} />}
      {open === "revoke" && (
        <ConfirmDialog
          title={t("dispatch.revokeTitle", { name })}
          verb={t("dispatch.revokeVerb")}
          failure={t("dispatch.thePackages")}
          onClose={close}
          onConfirm={async () => {
            const { revokedCount } = await revokeAll.mutateAsync({ dispatchId: id });
            notifyDone(t("dispatch.revoked", { count: revokedCount }));
          }}
        >
          {t("dispatch.revokeText", { count: dispatch.activeDeploymentCount })}
        </ConfirmDialog>
      )}
      {open === "delete" && (
        <ConfirmDialog
          title={t("dispatch.deleteTitle", { name })}
          verb={t("dispatch.deleteVerb")}
          typedName={name}
          failure={t("dispatch.thisDispatch")}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync({ id });
            notifyDone(t("dispatch.deleted", { name }));
            props.onDeleted();
          }}
        >
          {t("dispatch.deleteText", {
            places: dispatch.activeDeploymentCount.toLocaleString(i18n.language),
            learners: number(dispatch.uniqueLearnerCount),
          })}
        </ConfirmDialog>
      )}
    </>
  );
}

/** A callback's secret, once. */
export function CallbackSecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SecretDialog
      title={t("dispatch.secretTitle")}
      warning={t("dispatch.secretOnce")}
      label={t("dispatch.secret")}
      value={secret}
      onClose={onClose}
    />
  );
}
