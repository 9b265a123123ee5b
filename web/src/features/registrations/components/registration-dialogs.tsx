import type {
  GetRegistrationResponse,
  RegistrationRow,
} from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { Button, Code, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangeRegistrations } from "../api/registrations.ts";

/** A new try on the current version; what was recorded stays. */
export function ResetRegistrationDialog({
  row,
  onClose,
}: {
  readonly row: RegistrationRow;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { reset } = useChangeRegistrations();
  const [requestId] = useState(() => crypto.randomUUID());
  return (
    <ConfirmDialog
      title={t("registration.resetTitle", { name: row.learnerName, course: row.courseTitle })}
      verb={t("registration.resetVerb")}
      failure={t("registration.what")}
      onClose={onClose}
      onConfirm={async () => {
        await reset.mutateAsync({ requestId, registrationId: row.id });
        notifyDone(t("registration.wasReset", { name: row.learnerName }));
      }}
    >
      {t("registration.resetText", { number: row.instanceCount + 1 })}
    </ConfirmDialog>
  );
}

/** Counts what goes; the learner's name is typed because nothing brings it back. */
export function DeleteRegistrationDialog(props: {
  readonly answer: GetRegistrationResponse;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { remove } = useChangeRegistrations();
  const row = props.answer.registration;
  if (!row) return null;
  const calls = props.answer.launches.reduce((sum, launch) => sum + launch.callCount, 0);
  return (
    <ConfirmDialog
      title={t("registration.deleteTitle", { name: row.learnerName, course: row.courseTitle })}
      verb={t("registration.deleteVerb")}
      typedName={row.learnerName}
      failure={t("registration.what")}
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ id: row.id });
        notifyDone(t("registration.wasDeleted", { name: row.learnerName }));
        props.onDeleted();
      }}
    >
      {t("registration.deleteGoes")}
      <List fz="sm" my="xs">
        <List.Item>{t("registration.deleteTries", { count: row.instanceCount })}</List.Item>
        <List.Item>{t("registration.deleteLaunches", { count: props.answer.launches.length })}</List.Item>
        <List.Item>
          {t("registration.deleteCalls", { count: calls, formatted: calls.toLocaleString(i18n.language) })}
        </List.Item>
      </List>
      {t("registration.deleteStays")}
    </ConfirmDialog>
  );
}

/** The address a learner opens; whoever has it takes the course as them. */
export function LaunchLinkDialog(props: {
  readonly link: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("registration.linkTitle", { name: props.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text fz="sm">{t("registration.linkText", { name: props.name })}</Text>
        <Group gap={4} wrap="nowrap">
          <Code block flex={1} style={{ overflowX: "auto", minWidth: 0 }} tabIndex={0}>
            {props.link}
          </Code>
          <CopyButton value={props.link} label={t("registration.copyLink")} />
        </Group>
        <Group justify="flex-end">
          <Button onClick={props.onClose}>{t("common.close")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
