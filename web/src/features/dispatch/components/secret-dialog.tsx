import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeBlock } from "../../../components/code-block.tsx";
import { Notice } from "../../../components/notice.tsx";

/** Something that is shown once: a callback's secret or the address of a report. It stays until a person says that it is kept. */
export function SecretDialog(props: {
  readonly title: string;
  readonly warning: string;
  readonly label: string;
  readonly value: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <Modal
      opened
      onClose={() => kept && props.onClose()}
      size="lg"
      title={props.title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack>
        <Notice kind="warning" icon={<IconAlertTriangle size={18} />}>
          {props.warning}
        </Notice>
        <CodeBlock label={props.label} value={props.value} />
        <Checkbox
          label={t("dispatch.kept")}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        <Group justify="flex-end">
          <Button onClick={props.onClose} disabled={!kept}>
            {t("dispatch.done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
