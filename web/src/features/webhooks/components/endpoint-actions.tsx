import type { EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeEndpoints } from "../api/endpoints.ts";
import { EnableDialog } from "./enable-dialog.tsx";
import { EndpointDialog } from "./endpoint-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

/** Disable or enable; edit, rotate and delete behind the dots. */
export function EndpointActions(props: { readonly endpoint: EndpointRow; readonly onDeleted?: () => void }) {
  const { t, i18n } = useTranslation();
  const { endpoint } = props;
  const name = endpoint.draft?.name ?? "";
  const { disable, remove } = useChangeEndpoints();
  const mayWrite = useCan("webhook:write");
  const [open, setOpen] = useState<"edit" | "enable" | "rotate" | "delete">();
  const [secret, setSecret] = useState("");
  const close = () => setOpen(undefined);
  const runs = endpoint.status === "active" || endpoint.status === "failing";
  const signed = !endpoint.draft?.postback || endpoint.draft.postback.auth === "signature";
  const label = t(runs ? "webhooks.disable" : "webhooks.enable");
  const failed = (error: unknown) => notifyFailed(t("webhooks.notChanged", { name }), error);
  return (
    <>
      <GuardedButton
        scope="webhook:write"
        variant="default"
        size="compact-sm"
        leftSection={runs ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
        loading={disable.isPending}
        onClick={() => (runs ? disable.mutate({ id: endpoint.id }, { onError: failed }) : setOpen("enable"))}
        aria-label={t("webhooks.actionOf", { action: label, name })}
      >
        {label}
      </GuardedButton>
      {mayWrite && (
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t("webhooks.more", { name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setOpen("edit")}>{t("webhooks.editItem")}</Menu.Item>
            {signed && <Menu.Item onClick={() => setOpen("rotate")}>{t("webhooks.rotateItem")}</Menu.Item>}
            <Menu.Item color="red" onClick={() => setOpen("delete")}>
              {t("webhooks.deleteItem")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {open === "edit" && <EndpointDialog endpoint={endpoint} onClose={close} />}
      {open === "enable" && <EnableDialog endpoint={endpoint} onClose={close} />}
      {open === "rotate" && (
        <RotateDialog
          endpointId={endpoint.id}
          onClose={close}
          onMade={(value) => {
            close();
            setSecret(value);
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} url={endpoint.draft?.url ?? ""} onClose={() => setSecret("")} />}
      {open === "delete" && (
        <ConfirmDialog
          title={t("webhooks.deleteTitle", { name })}
          verb={t("webhooks.deleteVerb")}
          typedName={name}
          failure={t("webhooks.one")}
          onClose={close}
          onConfirm={async () => {
            await remove.mutateAsync({ id: endpoint.id });
            notifyDone(t("webhooks.deleted", { name }));
            props.onDeleted?.();
          }}
        >
          {t("webhooks.deleteText", { queued: endpoint.queuedCount.toLocaleString(i18n.language) })}
        </ConfirmDialog>
      )}
    </>
  );
}
