import type { GetRegistrationResponse } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconEye, IconLink, IconPlayerPlay, IconRotate, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { openInNewTab } from "../../../lib/open-in-new-tab.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeRegistrations } from "../api/registrations.ts";
import { DeleteRegistrationDialog, LaunchLinkDialog, ResetRegistrationDialog } from "./registration-dialogs.tsx";

/** Launch, and behind the dots: review, launch link, reset, delete. */
export function RegistrationActions({
  answer,
  onDeleted,
}: {
  readonly answer: GetRegistrationResponse;
  readonly onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const { launch } = useChangeRegistrations();
  const mayLaunch = useCan("launch:write");
  const mayWrite = useCan("registration:write");
  const mayDelete = useCan("registration:delete");
  const [dialog, setDialog] = useState<"reset" | "delete" | { readonly link: string }>();
  const row = answer.registration;
  if (!row) return null;
  const address = async (mode: "normal" | "review", returnUrl: string) =>
    (await launch.mutateAsync({ registrationId: row.id, mode, returnUrl })).url;
  const open = (mode: "normal" | "review") =>
    openInNewTab(
      () => address(mode, location.href),
      (error) => notifyFailed(t("registration.launchFailed"), error),
    );
  const copyLink = () =>
    address("normal", "")
      .then((link) => setDialog({ link }))
      .catch((error: unknown) => notifyFailed(t("registration.launchFailed"), error));
  const close = () => setDialog(undefined);
  return (
    <>
      <GuardedButton
        scope="launch:write"
        leftSection={<IconPlayerPlay size={16} />}
        onClick={() => void open("normal")}
      >
        {t("registration.launch")}
      </GuardedButton>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("common.moreActions")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEye size={16} />} disabled={!mayLaunch} onClick={() => void open("review")}>
            {t("registration.review")}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} />} disabled={!mayLaunch} onClick={() => void copyLink()}>
            {t("registration.copyLink")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconRotate size={16} />} disabled={!mayWrite} onClick={() => setDialog("reset")}>
            {t("registration.reset")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            disabled={!mayDelete}
            onClick={() => setDialog("delete")}
          >
            {t("registration.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "reset" && <ResetRegistrationDialog row={row} onClose={close} />}
      {dialog === "delete" && <DeleteRegistrationDialog answer={answer} onClose={close} onDeleted={onDeleted} />}
      {typeof dialog === "object" && <LaunchLinkDialog link={dialog.link} name={row.learnerName} onClose={close} />}
    </>
  );
}
