import { Group, Modal, Select, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useChangeEndpoints, useChoices } from "../api/endpoints.ts";
import { TestResult } from "./test-result.tsx";

/** Sends an example of a type and says what came back. */
export function EndpointTest({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { data: choices } = useChoices();
  const { test } = useChangeEndpoints();
  const [opened, dialog] = useDisclosure(false);
  const [type, setType] = useState("webhook.test");
  const names = new Set(["webhook.test", ...(choices?.types ?? []).map(({ name }) => name)]);
  const close = () => {
    dialog.close();
    test.reset();
  };
  return (
    <>
      <GuardedButton scope="webhook:write" variant="default" leftSection={<IconSend size={16} />} onClick={dialog.open}>
        {t("webhooks.sendTest")}
      </GuardedButton>
      <Modal
        opened={opened}
        onClose={close}
        title={t("webhooks.sendTest")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack>
          <Select
            label={t("webhooks.type")}
            description={t("webhooks.testHint")}
            searchable
            allowDeselect={false}
            data={[...names]}
            value={type}
            onChange={(value) => setType(value ?? "webhook.test")}
          />
          {test.error && <ErrorPanel error={test.error} what={t("webhooks.theTest")} />}
          {test.data?.attempt && <TestResult attempt={test.data.attempt} />}
          <Group justify="space-between">
            {test.data?.deliveryId ? (
              <AnchorLink
                to="/o/$org/webhooks/deliveries/$deliveryId"
                params={{ org: slug, deliveryId: test.data.deliveryId }}
                fz="sm"
              >
                {t("webhooks.openDelivery")}
              </AnchorLink>
            ) : (
              <span />
            )}
            <GuardedButton
              scope="webhook:write"
              loading={test.isPending}
              onClick={() => test.mutate({ id, eventType: type })}
            >
              {t("webhooks.sendNow")}
            </GuardedButton>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
