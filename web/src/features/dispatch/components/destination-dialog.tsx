import type { DestinationDraft, DestinationRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Group, Modal, SimpleGrid, Stack, Tabs, TagsInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { usePhone } from "../../../lib/use-phone.ts";
import { useChangeDestinations } from "../api/destinations.ts";
import { type DestinationForm, destinationDraftOf, destinationFormOf, isDestinationFormGood } from "../form/draft.ts";
import { HostOptionFields } from "./host-option-fields.tsx";
import { BrandingFields } from "./look-fields.tsx";
import { TermsFields } from "./terms-fields.tsx";

const SECTIONS = ["general", "terms", "branding", "host"] as const;

/** A customer: new, or with all that can be changed. */
export function DestinationDialog(props: {
  readonly destination?: DestinationRow;
  readonly draft?: DestinationDraft;
  readonly onClose: () => void;
  readonly onCreated?: (id: string) => void;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { destination, onClose } = props;
  const { create, update } = useChangeDestinations();
  const [requestId] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState(() => destinationFormOf(props.draft));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<DestinationForm>) => setForm((present) => ({ ...present, ...part }));
  const error = create.error ?? update.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isDestinationFormGood(form)) return;
    const draft = destinationDraftOf(form);
    if (destination) update.mutate({ id: destination.id, etag: destination.etag, draft }, { onSuccess: onClose });
    else create.mutate({ requestId, draft }, { onSuccess: ({ id }) => props.onCreated?.(id) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={destination ? 1000 : "lg"}
      fullScreen={phone}
      title={destination ? t("dispatch.settingsOf", { name: destination.name }) : t("dispatch.createDestination")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {destination ? (
            <Tabs defaultValue="general" keepMounted={false}>
              <Tabs.List mb="md">
                {SECTIONS.map((section) => (
                  <Tabs.Tab key={section} value={section}>
                    {t(`dispatch.section_${section}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="general">
                <DestinationFields form={form} checked={checked} isNew={false} onChange={change} />
              </Tabs.Panel>
              <Tabs.Panel value="terms">
                <TermsFields terms={form.terms} onChange={(part) => change({ terms: { ...form.terms, ...part } })} />
              </Tabs.Panel>
              <Tabs.Panel value="branding">
                <BrandingFields
                  branding={form.branding}
                  dispatchId=""
                  onChange={(part) => change({ branding: { ...form.branding, ...part } })}
                />
              </Tabs.Panel>
              <Tabs.Panel value="host">
                <HostOptionFields
                  options={form.hostOptions}
                  onChange={(part) => change({ hostOptions: { ...form.hostOptions, ...part } })}
                />
              </Tabs.Panel>
            </Tabs>
          ) : (
            <DestinationFields form={form} checked={checked} isNew onChange={change} />
          )}
          {error && <ErrorPanel error={error} what={t("dispatch.theDestination")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {destination ? t("common.save") : t("dispatch.createDestination")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Name, contact, tags and notes of a customer. */
export function DestinationFields(props: {
  readonly form: DestinationForm;
  readonly checked: boolean;
  readonly isNew: boolean;
  readonly onChange: (change: Partial<DestinationForm>) => void;
}) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  return (
    <Stack>
      <TextInput
        label={t("dispatch.destinationName")}
        description={t("dispatch.destinationNameHint")}
        required
        data-autofocus
        maxLength={500}
        value={form.name}
        error={props.checked && form.name.trim() === "" ? t("dispatch.nameMissing") : undefined}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          type="email"
          label={t("dispatch.email")}
          value={form.email}
          onChange={(event) => onChange({ email: event.currentTarget.value })}
        />
        {props.isNew && (
          <TextInput
            label={t("dispatch.externalId")}
            description={t("dispatch.externalIdHint")}
            maxLength={255}
            value={form.externalId}
            onChange={(event) => onChange({ externalId: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
      <TagsInput label={t("dispatch.tags")} maxTags={100} value={form.tags} onChange={(tags) => onChange({ tags })} />
      <Textarea
        label={t("dispatch.notes")}
        autosize
        minRows={2}
        maxLength={10_000}
        value={form.notes}
        onChange={(event) => onChange({ notes: event.currentTarget.value })}
      />
    </Stack>
  );
}
