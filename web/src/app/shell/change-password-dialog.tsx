import { useMutation } from "@connectrpc/connect-query";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { Button, Group, Modal, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../components/error-panel.tsx";
import { notifyDone } from "../../components/notify.ts";

const MIN_LENGTH = 12;

/** A new password for whoever is signed in. The server knows the rules; only the length and the repetition are checked here. */
export function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const change = useMutation(SessionViewService.method.changePassword);
  const form = useForm({
    initialValues: { currentPassword: "", newPassword: "", repeated: "" },
    validate: {
      currentPassword: (value) => (value ? null : t("signIn.passwordMissing")),
      newPassword: (value) => (value.length >= MIN_LENGTH ? null : t("account.newPasswordHint")),
      repeated: (value, values) => (value === values.newPassword ? null : t("account.passwordsDiffer")),
    },
  });
  const submit = form.onSubmit(({ currentPassword, newPassword }) =>
    change.mutate(
      { currentPassword, newPassword },
      {
        onSuccess: () => {
          notifyDone(t("account.passwordChanged"));
          onClose();
        },
      },
    ),
  );
  const toggle = { visibilityToggleButtonProps: { "aria-label": t("signIn.showPassword") } };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("account.changePassword")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <PasswordInput
            label={t("account.currentPassword")}
            autoComplete="current-password"
            data-autofocus
            {...toggle}
            {...form.getInputProps("currentPassword")}
          />
          <PasswordInput
            label={t("account.newPassword")}
            description={t("account.newPasswordHint")}
            autoComplete="new-password"
            {...toggle}
            {...form.getInputProps("newPassword")}
          />
          <PasswordInput
            label={t("account.repeatPassword")}
            autoComplete="new-password"
            {...toggle}
            {...form.getInputProps("repeated")}
          />
          {change.error && <ErrorPanel error={change.error} what={t("account.thePassword")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t("account.changePassword")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
