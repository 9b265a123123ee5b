import type { CreateApiKeyResponse } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useViewer } from "../../../lib/session/use-session.tsx";
import { LRS_PRESETS, type LrsPreset } from "../../../lib/xapi/lrs-scopes.ts";
import { useChangeApiKeys } from "../api/api-keys.ts";
import { KeySecret } from "./key-secret.tsx";
import { ScopeField } from "./scope-field.tsx";

const LIFETIMES = ["30", "90", "365", "0"] as const;

/** Name, scopes and end of a new key; then its secret, once. @param preset what is chosen at first, for keys of the record store. */
export function CreateKeyDialog({ onClose, preset }: { readonly onClose: () => void; readonly preset?: LrsPreset }) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const { create } = useChangeApiKeys();
  const [requestId] = useState(() => crypto.randomUUID());
  const [made, setMade] = useState<CreateApiKeyResponse>();
  const form = useForm({
    initialValues: {
      name: "",
      scopes: preset ? LRS_PRESETS[preset].filter((scope) => viewer.scopes.includes(scope)) : ([] as string[]),
      days: "365",
    },
    validate: {
      name: (value) => (value.trim() ? null : t("apiKeys.nameMissing")),
      scopes: (value) => (value.length > 0 ? null : t("apiKeys.scopesMissing")),
    },
  });
  const submit = form.onSubmit(({ name, scopes, days }) => {
    const expireTime = days === "0" ? 0n : BigInt(Date.now() + Number(days) * 86_400_000);
    create.mutate({ requestId, name: name.trim(), scopes, expireTime }, { onSuccess: setMade });
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={made ? t("apiKeys.createdTitle") : t("apiKeys.create")}
      closeOnClickOutside={!made}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {made ? (
        <KeySecret answer={made} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t("apiKeys.name")}
              placeholder={t("apiKeys.namePlaceholder")}
              data-autofocus
              {...form.getInputProps("name")}
            />
            <ScopeField
              held={viewer.scopes}
              value={form.values.scopes}
              onChange={(scopes) => form.setFieldValue("scopes", scopes)}
              error={typeof form.errors.scopes === "string" ? form.errors.scopes : undefined}
              lrsFirst={preset !== undefined}
            />
            <Select
              label={t("apiKeys.expires")}
              allowDeselect={false}
              data={LIFETIMES.map((value) => ({ value, label: t(`apiKeys.lifetime_${value}`) }))}
              {...form.getInputProps("days")}
            />
            {create.error && <ErrorPanel error={create.error} what={t("apiKeys.newKey")} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending}>
                {t("apiKeys.create")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
