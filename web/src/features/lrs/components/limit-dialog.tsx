import type { KeyLimitView, LrsKeyRow } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { Button, Group, Modal, NumberInput, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangeLimits } from "../api/connection.ts";
import { agentOfText, textOfAgent } from "../statement/agent-text.ts";

const VERSIONS = ["", "1.0.3", "2.0.0"] as const;
const NUMBERS = ["requestsPerMinute", "statementsPerMinute", "batchSize"] as const;

/** What one key may do; empty means what every key may. */
export function LimitDialog({ row, onClose }: { readonly row: LrsKeyRow; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { set, reset } = useChangeLimits();
  const form = useForm({
    initialValues: formOf(row.limit),
    validate: { authority: (text) => (text.trim() && !agentOfText(text) ? t("statements.agentInvalid") : null) },
  });
  const done = () => {
    notifyDone(t("connection.limitsSaved", { name: row.name }));
    onClose();
  };
  const submit = form.onSubmit((values) => {
    const authority = agentOfText(values.authority);
    const limit = {
      requestsPerMinute: Number(values.requestsPerMinute) || 0,
      statementsPerMinute: Number(values.statementsPerMinute) || 0,
      batchSize: Number(values.batchSize) || 0,
      allowedVerbs: [...new Set(values.verbs.split(/\s+/).filter(Boolean))],
      defaultVersion: values.version,
      authorityJson: authority ? JSON.stringify({ objectType: "Agent", ...authority }) : "",
      etag: row.limit?.etag ?? "",
    };
    set.mutate({ keyId: row.id, limit }, { onSuccess: done });
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("connection.limitsOf", { name: row.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          {NUMBERS.map((name) => (
            <NumberInput
              key={name}
              label={t(`connection.${name}`)}
              placeholder={t("connection.asOthers")}
              min={0}
              max={name === "batchSize" ? 1000 : 1_000_000}
              allowDecimal={false}
              {...form.getInputProps(name)}
            />
          ))}
          <Textarea
            label={t("connection.allowedVerbs")}
            description={t("connection.allowedVerbsHint")}
            placeholder={t("connection.allVerbs")}
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps("verbs")}
          />
          <Select
            label={t("connection.defaultVersion")}
            allowDeselect={false}
            data={VERSIONS.map((value) => ({ value, label: value || t("connection.refuse") }))}
            {...form.getInputProps("version")}
          />
          <TextInput
            label={t("connection.authority")}
            description={t("connection.authorityHint")}
            placeholder={t("connection.authorityPlaceholder")}
            {...form.getInputProps("authority")}
          />
          {(set.error ?? reset.error) && (
            <ErrorPanel error={set.error ?? reset.error} what={t("connection.limitsWhat")} />
          )}
          <Group justify="space-between" gap="xs">
            <Button
              variant="subtle"
              color="gray"
              disabled={!row.limit}
              loading={reset.isPending}
              onClick={() => reset.mutate({ keyId: row.id }, { onSuccess: done })}
            >
              {t("connection.resetLimits")}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={set.isPending}>
                {t("common.save")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function formOf(limit: KeyLimitView | undefined) {
  return {
    requestsPerMinute: limit?.requestsPerMinute || "",
    statementsPerMinute: limit?.statementsPerMinute || "",
    batchSize: limit?.batchSize || "",
    verbs: limit?.allowedVerbs.join("\n") ?? "",
    version: limit?.defaultVersion ?? "",
    authority: limit?.authorityJson ? textOfAgent(JSON.parse(limit.authorityJson)) : "",
  };
}
