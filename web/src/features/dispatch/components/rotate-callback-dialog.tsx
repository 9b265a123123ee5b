import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeDispatches } from "../api/dispatches.ts";

/** How long the old secret goes on, seconds. */
const OVERLAPS = ["0", "3600", "86400", "604800", "2592000"] as const;

/** A new callback secret beside the old one, which goes on for a while. */
export function RotateCallbackDialog(props: {
  readonly dispatchId: string;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
}) {
  const { t } = useTranslation();
  const { rotate } = useChangeDispatches();
  const [requestId] = useState(() => crypto.randomUUID());
  const [overlap, setOverlap] = useState<string>("86400");
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("dispatch.rotateTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text fz="sm">{t("dispatch.rotateText")}</Text>
        <Select
          label={t("dispatch.overlap")}
          allowDeselect={false}
          data-autofocus
          data={OVERLAPS.map((value) => ({ value, label: t(`dispatch.overlap_${value}`) }))}
          value={overlap}
          onChange={(value) => setOverlap(value ?? "86400")}
        />
        {rotate.error && <ErrorPanel error={rotate.error} what={t("dispatch.newSecret")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            loading={rotate.isPending}
            onClick={() =>
              rotate.mutate(
                { requestId, id: props.dispatchId, overlapSeconds: Number(overlap) },
                { onSuccess: ({ callbackSecret }) => props.onMade(callbackSecret) },
              )
            }
          >
            {t("dispatch.rotateVerb")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
