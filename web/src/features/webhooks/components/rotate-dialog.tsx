import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeEndpoints } from "../api/endpoints.ts";

/** How long the old secret goes on, seconds. */
const OVERLAPS = ["0", "3600", "86400", "604800", "2592000"] as const;

/** A new secret beside the old one, which goes on for a while. */
export function RotateDialog(props: {
  readonly endpointId: string;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
}) {
  const { t } = useTranslation();
  const { rotate } = useChangeEndpoints();
  const [requestId] = useState(() => crypto.randomUUID());
  const [overlap, setOverlap] = useState<string>("86400");
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("webhooks.rotateTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text fz="sm">{t("webhooks.rotateText")}</Text>
        <Select
          label={t("webhooks.overlap")}
          allowDeselect={false}
          data-autofocus
          data={OVERLAPS.map((value) => ({ value, label: t(`webhooks.overlap_${value}`) }))}
          value={overlap}
          onChange={(value) => setOverlap(value ?? "86400")}
        />
        {rotate.error && <ErrorPanel error={rotate.error} what={t("webhooks.newSecret")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            loading={rotate.isPending}
            onClick={() =>
              rotate.mutate(
                { requestId, endpointId: props.endpointId, overlapSeconds: Number(overlap) },
                { onSuccess: ({ value }) => props.onMade(value) },
              )
            }
          >
            {t("webhooks.rotateVerb")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
