import { Button, Group, Modal, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeRegistrations } from "../api/registrations.ts";
import { CourseSelect } from "./registration-filter-fields.tsx";

/** Registers one learner for one course. */
export function CreateRegistrationDialog(props: {
  readonly courseId: string;
  readonly onClose: () => void;
  readonly onCreated: (registrationId: string) => void;
}) {
  const { t } = useTranslation();
  const { create } = useChangeRegistrations();
  const [requestId] = useState(() => crypto.randomUUID());
  const form = useForm({
    initialValues: { courseId: props.courseId, learnerId: "", firstName: "", lastName: "", email: "" },
    validate: {
      courseId: (value) => (value ? null : t("registrations.courseMissing")),
      learnerId: (value) => (value.trim() ? null : t("registrations.learnerMissing")),
      email: (value) => (value === "" || /^\S+@\S+$/.test(value) ? null : t("signIn.emailInvalid")),
    },
  });
  const submit = form.onSubmit((values) =>
    create.mutate(
      { requestId, ...values, learnerId: values.learnerId.trim() },
      {
        onSuccess: (answer) => {
          props.onClose();
          if (answer.registration) props.onCreated(answer.registration.id);
        },
      },
    ),
  );
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("registrations.create")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {!props.courseId && (
            <CourseSelect
              visibleLabel
              label={t("registrations.course")}
              value={form.values.courseId || undefined}
              error={typeof form.errors.courseId === "string" ? form.errors.courseId : undefined}
              onChange={(course) => form.setFieldValue("courseId", course ?? "")}
            />
          )}
          <TextInput
            label={t("people.learnerId")}
            description={t("registrations.learnerIdHint")}
            data-autofocus
            autoComplete="off"
            {...form.getInputProps("learnerId")}
          />
          <SimpleGrid cols={2}>
            <TextInput label={t("registrations.firstName")} autoComplete="off" {...form.getInputProps("firstName")} />
            <TextInput label={t("registrations.lastName")} autoComplete="off" {...form.getInputProps("lastName")} />
          </SimpleGrid>
          <TextInput label={t("people.email")} type="email" autoComplete="off" {...form.getInputProps("email")} />
          {create.error && <ErrorPanel error={create.error} what={t("registrations.newOne")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("registrations.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
