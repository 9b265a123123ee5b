import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangeMembers } from "../api/people.ts";
import { givableRoles } from "../roles.ts";

/** Adds somebody who signs in. */
export function CreateMemberDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { create } = useChangeMembers();
  const { role } = useOrganization();
  // The same id for every attempt of this dialog, so that a repeat after a lost answer adds nobody twice.
  const [requestId] = useState(() => crypto.randomUUID());
  const form = useForm({
    initialValues: { name: "", email: "", role: "member", password: "" },
    validate: {
      name: (value) => (value.trim() ? null : t("people.nameMissing")),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t("signIn.emailInvalid")),
      password: (value) => (value.length >= 12 ? null : t("people.passwordShort")),
    },
  });
  const submit = form.onSubmit((values) =>
    create.mutate(
      { requestId, ...values, name: values.name.trim(), email: values.email.trim() },
      {
        onSuccess: () => {
          notifyDone(t("people.created", { name: values.name }));
          onClose();
        },
      },
    ),
  );
  return (
    <Modal opened onClose={onClose} title={t("people.add")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label={t("people.name")} data-autofocus autoComplete="off" {...form.getInputProps("name")} />
          <TextInput label={t("people.email")} type="email" autoComplete="off" {...form.getInputProps("email")} />
          <Select
            label={t("people.role")}
            allowDeselect={false}
            data={givableRoles(role).map((value) => ({ value, label: t(`people.role_${value}`) }))}
            {...form.getInputProps("role")}
          />
          <PasswordInput
            label={t("people.password")}
            description={t("people.passwordHint")}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
            {...form.getInputProps("password")}
          />
          {create.error && <ErrorPanel error={create.error} what={t("people.newMember")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("people.add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
