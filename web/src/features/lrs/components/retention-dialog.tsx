import type { RetentionRuleRow } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { Button, Checkbox, Fieldset, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useChangeRetention } from "../api/retention.ts";
import { filtersOfMessage } from "../statement/filters-of-message.ts";
import { invalidFilters, toFilterMessage } from "../statement/statement-filters.ts";
import { RetentionPreview } from "./retention-preview.tsx";
import { StatementFilterFields } from "./statement-filter-fields.tsx";

/** Which statements leave after how many days, tried out before it is switched on. */
export function RetentionDialog(props: { readonly rule?: RetentionRuleRow | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { rule, onClose } = props;
  const { create, update, preview } = useChangeRetention();
  const [requestId] = useState(() => crypto.randomUUID());
  const [filters, setFilters] = useState(() => filtersOfMessage(rule?.draft?.filter));
  const form = useForm({
    initialValues: {
      name: rule?.draft?.name ?? "",
      keepDays: rule?.draft?.keepDays ?? 365,
      enabled: rule?.draft?.enabled ?? false,
    },
    validate: {
      name: (value) => (value.trim() ? null : t("retention.nameMissing")),
      keepDays: (value) => (Number(value) >= 1 ? null : t("retention.daysMissing")),
    },
    onValuesChange: () => preview.reset(),
  });
  const draftOf = ({ name, keepDays, enabled }: typeof form.values) => ({
    name: name.trim(),
    keepDays: Number(keepDays),
    enabled,
    filter: toFilterMessage(filters),
  });
  const sound = invalidFilters(filters).size === 0;
  const submit = form.onSubmit((values) => {
    if (!sound) return;
    const draft = draftOf(values);
    const onSuccess = () => {
      notifyDone(t("retention.saved", { name: draft.name }));
      onClose();
    };
    if (rule) update.mutate({ id: rule.id, etag: rule.etag, draft }, { onSuccess });
    else create.mutate({ requestId, draft }, { onSuccess });
  });
  const tryOut = () => {
    if (sound && !form.validateField("keepDays").hasError)
      preview.mutate({ draft: { ...draftOf(form.values), name: form.values.name.trim() || "preview" } });
  };
  const error = create.error ?? update.error ?? preview.error;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={rule ? t("retention.edit", { name: rule.draft?.name ?? "" }) : t("retention.create")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t("retention.name")} data-autofocus maxLength={200} {...form.getInputProps("name")} />
          <NumberInput
            label={t("retention.keepDays")}
            description={t("retention.keepDaysHint")}
            min={1}
            max={36_500}
            allowDecimal={false}
            {...form.getInputProps("keepDays")}
          />
          <Fieldset legend={t("retention.which")}>
            <Stack gap="sm">
              <StatementFilterFields
                filters={filters}
                onChange={(change) => {
                  preview.reset();
                  setFilters((present) => ({ ...present, ...change }));
                }}
                stacked
                withAgent
              />
            </Stack>
          </Fieldset>
          <Checkbox
            label={t("retention.enabled")}
            description={t("retention.enabledHint")}
            {...form.getInputProps("enabled", { type: "checkbox" })}
          />
          {preview.data && <RetentionPreview preview={preview.data} />}
          {error && <ErrorPanel error={error} what={t("retention.one")} />}
          <Group justify="space-between" gap="xs">
            <Button variant="default" loading={preview.isPending} onClick={tryOut}>
              {t("retention.preview")}
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending || update.isPending}>
                {rule ? t("common.save") : t("retention.create")}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
