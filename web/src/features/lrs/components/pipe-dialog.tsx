import type { PipeRow } from "@coursemesh/proto/coursemesh/web/v1/pipe_view_pb.ts";
import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangePipes } from "../api/pipes.ts";
import { filtersOfMessage } from "../statement/filters-of-message.ts";
import { invalidFilters, toFilterMessage } from "../statement/statement-filters.ts";
import { StatementFilterFields } from "./statement-filter-fields.tsx";

const STARTS = ["now", "beginning"] as const;
/** One millisecond after the epoch: before anything that was ever stored. */
const BEGINNING = 1n;

/** Target, what is forwarded, and from when on; for a new pipe, or one that is there. */
export function PipeDialog(props: {
  readonly pipe?: PipeRow | undefined;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { pipe, onSaved } = props;
  const { create, update } = useChangePipes();
  const [requestId] = useState(() => crypto.randomUUID());
  const [filters, setFilters] = useState(() => filtersOfMessage(pipe?.filter));
  const form = useForm({
    initialValues: {
      name: pipe?.name ?? "",
      targetUrl: pipe?.targetUrl ?? "",
      username: pipe?.username ?? "",
      password: "",
      version: pipe?.version || "2.0.0",
      withAttachments: pipe?.withAttachments ?? true,
      batchSize: pipe?.batchSize || ("" as number | ""),
      start: "now" as (typeof STARTS)[number],
    },
    validate: {
      name: (value) => (value.trim() ? null : t("pipes.nameMissing")),
      targetUrl: (value) => (/^https?:\/\/\S+$/.test(value.trim()) ? null : t("pipes.urlInvalid")),
    },
  });
  const submit = form.onSubmit((values) => {
    if (invalidFilters(filters).size > 0) return;
    const { username, version, withAttachments, password } = values;
    const draft = {
      name: values.name.trim(),
      targetUrl: values.targetUrl.trim(),
      username: username.trim(),
      version,
      withAttachments,
      batchSize: Number(values.batchSize) || 0,
      filter: toFilterMessage(filters),
    };
    const onSuccess = (answer: { readonly pipe?: PipeRow | undefined }) => onSaved(answer.pipe?.id ?? "");
    if (pipe) update.mutate({ id: pipe.id, etag: pipe.etag, draft, ...(password && { password }) }, { onSuccess });
    else {
      const startTime = values.start === "beginning" ? BEGINNING : 0n;
      create.mutate({ requestId, draft, password, startTime }, { onSuccess });
    }
  });
  const error = create.error ?? update.error;
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={pipe ? t("pipes.edit", { name: pipe.name }) : t("pipes.create")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput label={t("pipes.name")} data-autofocus maxLength={200} {...form.getInputProps("name")} />
          <TextInput
            label={t("pipes.target")}
            description={t("pipes.targetHint")}
            placeholder="https://lrs.example.org/xapi"
            {...form.getInputProps("targetUrl")}
          />
          <Group grow align="flex-start">
            <TextInput label={t("pipes.username")} autoComplete="off" {...form.getInputProps("username")} />
            <PasswordInput
              label={t("pipes.password")}
              placeholder={pipe ? t("pipes.passwordKept") : ""}
              autoComplete="new-password"
              {...form.getInputProps("password")}
            />
          </Group>
          <Fieldset legend={t("pipes.what")}>
            <Stack gap="sm">
              <StatementFilterFields
                filters={filters}
                onChange={(change) => setFilters((present) => ({ ...present, ...change }))}
                stacked
                withAgent
              />
            </Stack>
          </Fieldset>
          <Group grow align="flex-start">
            <Select
              label={t("pipes.version")}
              allowDeselect={false}
              data={["2.0.0", "1.0.3"]}
              {...form.getInputProps("version")}
            />
            <NumberInput
              label={t("pipes.batchSize")}
              placeholder={t("pipes.automatic")}
              min={1}
              max={500}
              allowDecimal={false}
              {...form.getInputProps("batchSize")}
            />
          </Group>
          {!pipe && (
            <Select
              label={t("pipes.start")}
              allowDeselect={false}
              data={STARTS.map((value) => ({ value, label: t(`pipes.start_${value}`) }))}
              {...form.getInputProps("start")}
            />
          )}
          <Checkbox
            label={t("pipes.withAttachments")}
            {...form.getInputProps("withAttachments", { type: "checkbox" })}
          />
          {error && <ErrorPanel error={error} what={t("pipes.one")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {pipe ? t("common.save") : t("pipes.create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
