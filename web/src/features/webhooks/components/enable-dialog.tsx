import type { EndpointRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangeEndpoints } from "../api/endpoints.ts";

/** Deliveries go on; what waited meanwhile is delivered, or given up. */
export function EnableDialog({ endpoint, onClose }: { readonly endpoint: EndpointRow; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { enable } = useChangeEndpoints();
  const [missed, setMissed] = useState("deliver");
  const name = endpoint.draft?.name ?? "";
  const onSuccess = () => {
    notifyDone(t("webhooks.enabled", { name }));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("webhooks.enableTitle", { name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Radio.Group
          label={t("webhooks.missed", { queued: endpoint.queuedCount.toLocaleString(i18n.language) })}
          value={missed}
          onChange={setMissed}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="deliver" label={t("webhooks.missed_deliver")} />
            <Radio value="drop" label={t("webhooks.missed_drop")} />
          </Stack>
        </Radio.Group>
        {enable.error && <ErrorPanel error={enable.error} what={t("webhooks.one")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            loading={enable.isPending}
            onClick={() => enable.mutate({ id: endpoint.id, dropMissed: missed === "drop" }, { onSuccess })}
          >
            {t("webhooks.enable")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
