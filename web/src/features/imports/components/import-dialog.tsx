import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useForm } from "@mantine/form";
import { IconFileZip, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useUploads } from "../../../lib/uploads/use-uploads.tsx";
import { useImportFromUrl } from "../api/list-imports.ts";

/** Import by file or by address: a new course, or a new version when `courseId` is given. */
export function ImportDialog(props: {
  readonly courseId?: string;
  readonly onClose: () => void;
  readonly onStarted: (importId: string) => void;
}) {
  const { t } = useTranslation();
  const uploads = useUploads();
  const byUrl = useImportFromUrl();
  const [note, setNote] = useState("");
  const form = useForm({
    initialValues: { url: "" },
    validate: { url: (value) => (/^https?:\/\/\S+$/.test(value.trim()) ? null : t("imports.urlInvalid")) },
  });
  const send = (files: readonly File[]) => {
    for (const file of files) {
      void uploads
        .add(file, { ...(props.courseId && { courseId: props.courseId }), ...(note && { note }) })
        .then((importId) => importId && props.onStarted(importId));
    }
    props.onClose();
  };
  const submitUrl = form.onSubmit(({ url }) =>
    byUrl.mutate(
      { url: url.trim(), courseId: props.courseId ?? "" },
      {
        onSuccess: (answer) => {
          props.onClose();
          if (answer.import) props.onStarted(answer.import.id);
        },
      },
    ),
  );
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={props.courseId ? t("imports.newVersion") : t("imports.importCourse")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        {props.courseId && (
          <TextInput
            label={t("imports.note")}
            description={t("imports.noteHint")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        <Dropzone
          onDrop={send}
          multiple={!props.courseId}
          inputProps={{ "aria-label": t("imports.chooseFile") }}
          data-autofocus
        >
          <Stack align="center" gap={4} py="lg" style={{ pointerEvents: "none" }}>
            <IconFileZip size={28} stroke={1.5} aria-hidden="true" />
            <Text fw={500}>{t("imports.dropHere")}</Text>
            <Text fz="sm" c="dimmed">
              {t("imports.dropFormats")}
            </Text>
          </Stack>
        </Dropzone>
        <form onSubmit={submitUrl}>
          <Group align="flex-end" gap="xs">
            <TextInput
              flex={1}
              label={t("imports.fromUrl")}
              placeholder="https://"
              inputMode="url"
              {...form.getInputProps("url")}
            />
            <Button
              type="submit"
              size="sm"
              variant="default"
              leftSection={<IconUpload size={16} />}
              loading={byUrl.isPending}
            >
              {t("imports.fetch")}
            </Button>
          </Group>
        </form>
        {byUrl.error && <ErrorPanel error={byUrl.error} what={t("imports.what")} />}
      </Stack>
    </Modal>
  );
}
