import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeDestinations } from "../api/destinations.ts";
import { MomentField } from "./terms-fields.tsx";

/** Makes a link by which a customer reads figures without signing in. */
export function ShareDialog(props: {
  readonly destinationId: string;
  readonly name: string;
  readonly onClose: () => void;
  readonly onMade: (url: string) => void;
}) {
  const { t } = useTranslation();
  const { share } = useChangeDestinations();
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const [withLearners, setWithLearners] = useState(false);
  const [expireTime, setExpireTime] = useState(0n);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("dispatch.shareTitle", { name: props.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text fz="sm">{t("dispatch.shareText")}</Text>
        <Checkbox
          label={t("dispatch.withLearners")}
          description={t("dispatch.withLearnersHint")}
          checked={withLearners}
          onChange={(event) => setWithLearners(event.currentTarget.checked)}
        />
        <MomentField label={t("dispatch.linkExpires")} value={expireTime} onChange={setExpireTime} />
        {share.error && <ErrorPanel error={share.error} what={t("dispatch.theLink")} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            loading={share.isPending}
            onClick={() =>
              share.mutate(
                { requestId, destinationId: props.destinationId, withLearners, expireTime },
                { onSuccess: ({ url }) => props.onMade(url), onError: () => setRequestId(crypto.randomUUID()) },
              )
            }
          >
            {t("dispatch.shareVerb")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
