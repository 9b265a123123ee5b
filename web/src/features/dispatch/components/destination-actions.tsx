import type { DestinationDraft, DestinationRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconPackageExport,
  IconPlayerPause,
  IconPlayerPlay,
  IconShare,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeDestinations } from "../api/destinations.ts";
import { DestinationDialog } from "./destination-dialog.tsx";
import { DownloadDialog } from "./download-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** Pauses a customer with all of its dispatches, or lets them go on. */
export function PauseDestination({ destination }: { readonly destination: DestinationRow }) {
  const { t } = useTranslation();
  const { setEnabled } = useChangeDestinations();
  const { id, name, enabled } = destination;
  return (
    <GuardedButton
      scope="dispatch:write"
      variant="default"
      leftSection={enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      loading={setEnabled.isPending}
      aria-label={t("dispatch.actionOf", { action: t(enabled ? "dispatch.pause" : "dispatch.resume"), name })}
      onClick={() =>
        setEnabled.mutate(
          { id, enabled: !enabled },
          { onError: (error) => notifyFailed(t("dispatch.notChanged", { name }), error) },
        )
      }
    >
      {t(enabled ? "dispatch.pause" : "dispatch.resume")}
    </GuardedButton>
  );
}

/** Add a course, download everything, share a report, pause; edit and delete behind the dots. */
export function DestinationActions(props: {
  readonly destination: DestinationRow;
  readonly draft: DestinationDraft;
  readonly onAddCourse: () => void;
  readonly onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const { destination, draft } = props;
  const { id, name, dispatchCount } = destination;
  const { remove } = useChangeDestinations();
  const mayWrite = useCan("dispatch:write");
  const mayDelete = useCan("dispatch:delete");
  const [open, setOpen] = useState<"download" | "edit" | "share" | "delete">();
  const [link, setLink] = useState("");
  const close = () => setOpen(undefined);
  return (
    <>
      <GuardedButton scope="dispatch:write" leftSection={<IconPackageExport size={16} />} onClick={props.onAddCourse}>
        {t("dispatch.addCourse")}
      </GuardedButton>
      <GuardedButton
        scope="dispatch:write"
        variant="default"
        disabled={dispatchCount === 0}
        leftSection={<IconDownload size={16} />}
        onClick={() => setOpen("download")}
      >
        {t("dispatch.downloadAll")}
      </GuardedButton>
      <PauseDestination destination={destination} />
      {mayWrite && (
        <Menu>
          <Menu.Target>
            <ActionIcon size={36} variant="default" aria-label={t("dispatch.more", { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setOpen("edit")}>{t("dispatch.editItem")}</Menu.Item>
            <Menu.Item leftSection={<IconShare size={14} />} onClick={() => setOpen("share")}>
              {t("dispatch.shareItem")}
            </Menu.Item>
            {mayDelete && (
              <Menu.Item color="red" onClick={() => setOpen("delete")}>
                {t("dispatch.deleteItem")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {open === "download" && <DownloadDialog of={{ destinationId: id }} name={name} onClose={close} />}
      {open === "edit" && <DestinationDialog destination={destination} draft={draft} onClose={close} />}
      {open === "share" && (
        <ShareDialog
          destinationId={id}
          name={name}
          onClose={close}
          onMade={(url) => {
            close();
            setLink(url);
          }}
        />
      )}
      {link && (
        <SecretDialog
          title={t("dispatch.linkTitle")}
          warning={t("dispatch.linkOnce")}
          label={t("dispatch.theLink")}
          value={link}
          onClose={() => setLink("")}
        />
      )}
      {open === "delete" && (
        <ConfirmDialog
          title={t("dispatch.deleteTitle", { name })}
          verb={t("dispatch.deleteVerb")}
          typedName={name}
          failure={t("dispatch.thisDestination")}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync({ id });
            notifyDone(t("dispatch.deleted", { name }));
            props.onDeleted();
          }}
        >
          {t("dispatch.deleteDestinationText", { count: dispatchCount })}
        </ConfirmDialog>
      )}
    </>
  );
}
