import { ActionIcon, Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AUTHS, BODIES, type EndpointForm, NUMBERS, ORDERINGS, RESULTS } from "../endpoint/endpoint-form.ts";

interface FieldsProps {
  readonly form: EndpointForm;
  readonly onChange: (change: Partial<EndpointForm>) => void;
}

/** Form, content and credentials of a postback. @param isNew an existing one keeps its password unless another is entered */
export function PostbackFields({ form, onChange, isNew }: FieldsProps & { readonly isNew: boolean }) {
  const { t } = useTranslation();
  const hasCredentials = form.auth === "form" || form.auth === "basic";
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t("webhooks.postbackResults")}
          allowDeselect={false}
          data={RESULTS.map((value) => ({ value, label: t(`webhooks.results_${value}`) }))}
          value={form.results}
          onChange={(value) => onChange({ results: value ?? "course" })}
        />
        <Select
          label={t("webhooks.postbackAuth")}
          allowDeselect={false}
          data={AUTHS.map((value) => ({ value, label: t(`webhooks.auth_${value}`) }))}
          value={form.auth}
          onChange={(value) => onChange({ auth: value ?? "form" })}
        />
        <Select
          label={t("webhooks.postbackBody")}
          placeholder={t(form.auth === "basic" ? "webhooks.body_json" : "webhooks.body_form")}
          clearable
          data={BODIES.map((value) => ({ value, label: t(`webhooks.body_${value}`) }))}
          value={form.body || null}
          onChange={(value) => onChange({ body: value ?? "" })}
        />
      </SimpleGrid>
      {hasCredentials && (
        <Group grow align="flex-start">
          <TextInput
            label={t("webhooks.username")}
            autoComplete="off"
            value={form.username}
            onChange={(event) => onChange({ username: event.currentTarget.value })}
          />
          <TextInput
            type="password"
            label={t("webhooks.password")}
            placeholder={isNew ? "" : t("webhooks.unchanged")}
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        </Group>
      )}
    </Stack>
  );
}

/** Order, attempts, pauses and rates; an empty field is the installation's default. */
export function PolicyFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Select
        label={t("webhooks.ordering")}
        description={t("webhooks.orderingHint")}
        allowDeselect={false}
        data={ORDERINGS.map((value) => ({ value, label: t(`webhooks.ordering_${value}`) }))}
        value={form.ordering}
        onChange={(value) => onChange({ ordering: value ?? "none" })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
        {NUMBERS.map(({ field, most, usual }) => (
          <NumberInput
            key={field}
            label={t(`webhooks.${field}`)}
            placeholder={t("webhooks.usually", { value: usual })}
            min={1}
            max={most}
            allowDecimal={false}
            allowNegative={false}
            value={form.numbers[field]}
            onChange={(value) =>
              onChange({
                numbers: { ...form.numbers, [field]: typeof value === "number" ? value : Number(value) || "" },
              })
            }
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Header fields sent along; values are shown masked afterwards. */
export function HeaderFields({ form, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { headers } = form;
  const change = (key: string, part: { readonly name?: string; readonly value?: string }) =>
    onChange({ headers: headers.map((line) => (line.key === key ? { ...line, ...part } : line)) });
  return (
    <Stack gap="xs">
      <Text fz="xs" c="dimmed">
        {t("webhooks.headersHint")}
      </Text>
      {headers.map(({ key, name, value }, index) => (
        <Group key={key} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("webhooks.headerName", { number: index + 1 })}
            placeholder="X-Api-Key"
            value={name}
            onChange={(event) => change(key, { name: event.currentTarget.value })}
          />
          <TextInput
            flex={2}
            aria-label={t("webhooks.headerValue", { number: index + 1 })}
            value={value}
            onChange={(event) => change(key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={t("webhooks.removeHeader", { number: index + 1 })}
            onClick={() => onChange({ headers: headers.filter((line) => line.key !== key) })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange({ headers: [...headers, { key: crypto.randomUUID(), name: "", value: "" }] })}
        >
          {t("webhooks.addHeader")}
        </Button>
      </Group>
    </Stack>
  );
}
