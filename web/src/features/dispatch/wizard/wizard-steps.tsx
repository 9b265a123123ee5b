import { Accordion, Checkbox, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useDispatchChoices } from "../api/dispatches.ts";
import { CallbackFields } from "../components/callback-fields.tsx";
import { FormatChoice } from "../components/format-choice.tsx";
import { GeneralFields, LearnerFields } from "../components/general-fields.tsx";
import { HostOptionFields } from "../components/host-option-fields.tsx";
import { BrandingFields } from "../components/look-fields.tsx";
import { TermsFields } from "../components/terms-fields.tsx";
import type { DispatchForm } from "../form/draft.ts";
import { type Step, stepProblem, type WizardState } from "./wizard-state.ts";

interface StepProps {
  readonly state: WizardState;
  readonly onChange: (change: Partial<WizardState>) => void;
  /** True once it was tried to go on. */
  readonly checked: boolean;
}

/** The fields of one step. */
export function WizardStep({ step, ...props }: StepProps & { readonly step: Step }) {
  const { t } = useTranslation();
  const { state, onChange } = props;
  const change = (part: Partial<DispatchForm>) => onChange({ form: { ...state.form, ...part } });
  switch (step) {
    case "course":
      return <CourseStep {...props} />;
    case "destination":
      return <DestinationStep {...props} />;
    case "terms":
      return (
        <TermsFields
          terms={state.form.terms}
          onChange={(part) => change({ terms: { ...state.form.terms, ...part } })}
        />
      );
    case "options":
      return <OptionsStep state={state} onChange={change} />;
    case "package":
      return (
        <Stack>
          <FormatChoice format={state.format} onChange={(format) => onChange({ format })} />
          <Text fz="sm" c="dimmed">
            {t("dispatch.packageFacts")}
          </Text>
        </Stack>
      );
  }
}

function CourseStep({ state, onChange, checked }: StepProps) {
  const { t } = useTranslation();
  const query = useDispatchChoices();
  const courses = query.data?.courses ?? [];
  if (query.error)
    return <ErrorPanel error={query.error} what={t("dispatch.choices")} onRetry={() => query.refetch()} />;
  return (
    <Stack>
      <Select
        label={t("dispatch.course")}
        description={t("dispatch.courseHint")}
        placeholder={t("dispatch.chooseCourse")}
        searchable
        required
        data-autofocus
        nothingFoundMessage={t("dispatch.noCourses")}
        data={courses.map(({ id, title }) => ({ value: id, label: title }))}
        value={state.courseId || null}
        error={checked && stepProblem("course", state) ? t("dispatch.courseMissing") : undefined}
        onChange={(value) => onChange({ courseId: value ?? "", form: { ...state.form, pinnedVersionId: "" } })}
      />
      {query.data && courses.length === 0 && <Text fz="sm">{t("dispatch.noCourses")}</Text>}
    </Stack>
  );
}

function DestinationStep({ state, onChange, checked }: StepProps) {
  const { t } = useTranslation();
  const query = useDispatchChoices();
  const destinations = query.data?.destinations ?? [];
  const problem = checked ? stepProblem("destination", state) : undefined;
  return (
    <Stack>
      <Radio.Group
        label={t("dispatch.whichDestination")}
        value={state.destinationKind}
        onChange={(value) => onChange({ destinationKind: value === "new" ? "new" : "existing" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="existing" label={t("dispatch.existingDestination")} />
          <Radio value="new" label={t("dispatch.newDestination")} />
        </Stack>
      </Radio.Group>
      {state.destinationKind === "existing" ? (
        <Select
          label={t("dispatch.destination")}
          placeholder={t("dispatch.chooseDestination")}
          searchable
          required
          nothingFoundMessage={t("dispatch.noDestinations")}
          data={destinations.map(({ id, name }) => ({ value: id, label: name }))}
          value={state.destinationId || null}
          error={problem ? t(`dispatch.${problem}`) : undefined}
          onChange={(value) => onChange({ destinationId: value ?? "" })}
        />
      ) : (
        <>
          <TextInput
            label={t("dispatch.destinationName")}
            description={t("dispatch.destinationNameHint")}
            required
            maxLength={500}
            value={state.newName}
            error={problem ? t(`dispatch.${problem}`) : undefined}
            onChange={(event) => onChange({ newName: event.currentTarget.value })}
          />
          <TextInput
            type="email"
            label={t("dispatch.email")}
            value={state.newEmail}
            onChange={(event) => onChange({ newEmail: event.currentTarget.value })}
          />
        </>
      )}
    </Stack>
  );
}

function OptionsStep(props: {
  readonly state: WizardState;
  readonly onChange: (change: Partial<DispatchForm>) => void;
}) {
  const { t } = useTranslation();
  const { form, courseId } = props.state;
  const { onChange } = props;
  const courses = useDispatchChoices().data?.courses ?? [];
  return (
    <Stack>
      <GeneralFields
        form={form}
        courseId={courseId}
        courseTitle={courses.find(({ id }) => id === courseId)?.title ?? ""}
        onChange={onChange}
      />
      <LearnerFields form={form} onChange={onChange} />
      <Accordion multiple variant="contained" order={3}>
        <Accordion.Item value="branding">
          <Accordion.Control>{t("dispatch.section_branding")}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <Checkbox
                label={t("dispatch.ownBranding")}
                checked={form.ownBranding}
                onChange={(event) => onChange({ ownBranding: event.currentTarget.checked })}
              />
              {form.ownBranding && (
                <BrandingFields
                  branding={form.branding}
                  dispatchId=""
                  onChange={(part) => onChange({ branding: { ...form.branding, ...part } })}
                />
              )}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="host">
          <Accordion.Control>{t("dispatch.section_host")}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <Checkbox
                label={t("dispatch.ownHostOptions")}
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
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="callback">
          <Accordion.Control>{t("dispatch.section_callback")}</Accordion.Control>
          <Accordion.Panel>
            <CallbackFields
              callback={form.callback}
              onChange={(part) => onChange({ callback: { ...form.callback, ...part } })}
            />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
