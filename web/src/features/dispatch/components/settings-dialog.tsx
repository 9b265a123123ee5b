import type { DispatchDraft, DispatchRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Checkbox, Group, Modal, Stack, Tabs } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { usePhone } from "../../../lib/use-phone.ts";
import { useChangeDispatches } from "../api/dispatches.ts";
import {
  DISPATCH_PATHS,
  type DispatchForm,
  dispatchDraftOf,
  dispatchFormOf,
  isDispatchFormGood,
} from "../form/draft.ts";
import { CallbackFields } from "./callback-fields.tsx";
import { GeneralFields, LearnerFields } from "./general-fields.tsx";
import { HostOptionFields } from "./host-option-fields.tsx";
import { BrandingFields } from "./look-fields.tsx";
import { TermsFields } from "./terms-fields.tsx";

const SECTIONS = ["general", "terms", "learners", "branding", "host", "callback"] as const;
type Section = (typeof SECTIONS)[number];

/** Everything that can be changed of a dispatch; felt at the next launch, without a new package. */
export function SettingsDialog(props: {
  readonly dispatch: DispatchRow;
  readonly draft: DispatchDraft;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { dispatch, onClose } = props;
  const { update } = useChangeDispatches();
  const [form, setForm] = useState(() => dispatchFormOf(props.draft));
  const change = (part: Partial<DispatchForm>) => setForm((present) => ({ ...present, ...part }));
  const good = isDispatchFormGood(form);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!good) return;
    const request = { id: dispatch.id, etag: dispatch.etag, draft: dispatchDraftOf(form), paths: DISPATCH_PATHS };
    update.mutate(request, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={1000}
      fullScreen={phone}
      title={t("dispatch.settingsOf", { name: dispatch.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Tabs defaultValue="general" keepMounted={false}>
            <Tabs.List mb="md">
              {SECTIONS.map((section) => (
                <Tabs.Tab key={section} value={section}>
                  {t(`dispatch.section_${section}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {SECTIONS.map((section) => (
              <Tabs.Panel key={section} value={section}>
                <SectionFields section={section} form={form} dispatch={dispatch} onChange={change} />
              </Tabs.Panel>
            ))}
          </Tabs>
          {update.error && <ErrorPanel error={update.error} what={t("dispatch.theSettings")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={update.isPending} disabled={!good}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function SectionFields(props: {
  readonly section: Section;
  readonly form: DispatchForm;
  readonly dispatch: DispatchRow;
  readonly onChange: (change: Partial<DispatchForm>) => void;
}) {
  const { t } = useTranslation();
  const { form, dispatch, onChange } = props;
  switch (props.section) {
    case "general":
      return (
        <GeneralFields
          form={form}
          courseId={dispatch.courseId}
          courseTitle={dispatch.courseTitle}
          onChange={onChange}
        />
      );
    case "terms":
      return <TermsFields terms={form.terms} onChange={(part) => onChange({ terms: { ...form.terms, ...part } })} />;
    case "learners":
      return <LearnerFields form={form} onChange={onChange} />;
    case "branding":
      return (
        <Stack>
          <Checkbox
            label={t("dispatch.ownBranding")}
            description={t("dispatch.ownBrandingHint", { name: dispatch.destinationName })}
            checked={form.ownBranding}
            onChange={(event) => onChange({ ownBranding: event.currentTarget.checked })}
          />
          {form.ownBranding && (
            <BrandingFields
              branding={form.branding}
              dispatchId={dispatch.id}
              onChange={(part) => onChange({ branding: { ...form.branding, ...part } })}
            />
          )}
        </Stack>
      );
    case "host":
      return (
        <Stack>
          <Checkbox
            label={t("dispatch.ownHostOptions")}
            description={t("dispatch.ownHostOptionsHint", { name: dispatch.destinationName })}
            checked={form.ownHostOptions}
            onChange={(event) => onChange({ ownHostOptions: event.currentTarget.checked })}
          />
          {form.ownHostOptions && (
            <HostOptionFields
              options={form.hostOptions}
              onChange={(part) => onChange({ hostOptions: { ...form.hostOptions, ...part } })}
            />
          )}
        </Stack>
      );
    case "callback":
      return (
        <CallbackFields
          callback={form.callback}
          onChange={(part) => onChange({ callback: { ...form.callback, ...part } })}
        />
      );
  }
}
