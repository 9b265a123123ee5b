import type { EndpointRow, SecretRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { IconRotate } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangeEndpoints } from "../api/endpoints.ts";
import { RotateDialog } from "./rotate-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

/** Secrets that sign now: when they were made, until when they go on. */
export function SecretList(props: { readonly endpoint: EndpointRow; readonly secrets: readonly SecretRow[] }) {
  const { t } = useTranslation();
  const { endSecret } = useChangeEndpoints();
  const [rotating, setRotating] = useState(false);
  const [secret, setSecret] = useState("");
  const [ending, setEnding] = useState<SecretRow>();
  const { endpoint, secrets } = props;
  const signed = !endpoint.draft?.postback || endpoint.draft.postback.auth === "signature";
  return (
    <Panel
      title={t("webhooks.secrets")}
      aside={
        signed && (
          <GuardedButton
            scope="webhook:write"
            variant="default"
            size="compact-sm"
            leftSection={<IconRotate size={14} />}
            onClick={() => setRotating(true)}
          >
            {t("webhooks.rotate")}
          </GuardedButton>
        )
      }
    >
      {!signed && <Text fz="sm">{t("webhooks.notSigned")}</Text>}
      <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
        {secrets.map((row) => (
          <Group key={row.id} component="li" justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text fz="sm" ff="monospace">
                whsec_…{row.hint}
              </Text>
              <Text component="div" fz="xs" c="dimmed">
                {t("webhooks.made")} <TimeText time={row.createTime} />
                {row.expireTime > 0n && (
                  <>
                    {" · "}
                    {t("webhooks.goesOnUntil")} <TimeText time={row.expireTime} absolute />
                  </>
                )}
              </Text>
            </div>
            {secrets.length > 1 && (
              <GuardedButton
                scope="webhook:write"
                variant="subtle"
                size="compact-sm"
                onClick={() => setEnding(row)}
                aria-label={t("webhooks.endSecretOf", { hint: row.hint })}
              >
                {t("webhooks.endSecret")}
              </GuardedButton>
            )}
          </Group>
        ))}
      </Stack>
      {rotating && (
        <RotateDialog
          endpointId={endpoint.id}
          onClose={() => setRotating(false)}
          onMade={(value) => {
            setRotating(false);
            setSecret(value);
          }}
        />
      )}
      {secret && <SecretDialog secret={secret} url={endpoint.draft?.url ?? ""} onClose={() => setSecret("")} />}
      {ending && (
        <ConfirmDialog
          title={t("webhooks.endSecretTitle", { hint: ending.hint })}
          verb={t("webhooks.endSecret")}
          failure={t("webhooks.thisSecret")}
          onClose={() => setEnding(undefined)}
          onConfirm={() => endSecret.mutateAsync({ id: ending.id })}
        >
          {t("webhooks.endSecretText")}
        </ConfirmDialog>
      )}
    </Panel>
  );
}
