import type { VersionRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangeCourse } from "../api/change-course.ts";

/** Making a version current touches learners who have not started yet, so it is confirmed. */
export function SetCurrentDialog(props: {
  readonly version: VersionRow;
  readonly verb: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { setCurrent } = useChangeCourse();
  const { version } = props;
  const confirm = () =>
    setCurrent.mutate(
      { versionId: version.id },
      {
        onSuccess: () => {
          notifyDone(t("versions.nowCurrent", { number: version.number }));
          props.onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("versions.confirmTitle", { number: version.number })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text fz="sm">{t("versions.confirmText", { number: version.number })}</Text>
        {setCurrent.error && <ErrorPanel error={setCurrent.error} what={t("versions.what")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button loading={setCurrent.isPending} onClick={confirm} data-autofocus>
            {props.verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
