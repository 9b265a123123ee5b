import type { GetCourseResponse } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Button, Group, Modal, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeCourse } from "../api/change-course.ts";

/** Title, description and tags of a course. */
export function EditCourseDialog({
  answer,
  onClose,
}: {
  readonly answer: GetCourseResponse;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { update } = useChangeCourse();
  const course = answer.course;
  const form = useForm({
    initialValues: { title: course?.title ?? "", description: answer.description, tags: [...(course?.tags ?? [])] },
    validate: { title: (value) => (value.trim() === "" ? t("course.titleMissing") : null) },
  });
  const submit = form.onSubmit((values) =>
    update.mutate(
      {
        id: course?.id ?? "",
        etag: answer.etag,
        title: values.title.trim(),
        description: values.description,
        tags: { values: values.tags },
      },
      { onSuccess: onClose },
    ),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("course.editTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t("courses.title")} data-autofocus {...form.getInputProps("title")} />
          <Textarea label={t("course.description")} autosize minRows={2} {...form.getInputProps("description")} />
          <TagsInput label={t("courses.tags")} {...form.getInputProps("tags")} />
          {update.error && <ErrorPanel error={update.error} what={t("course.what")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
