import { Checkbox, Radio, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePinnableVersions } from "../api/dispatches.ts";
import type { DispatchForm } from "../form/draft.ts";

type Change = (change: Partial<DispatchForm>) => void;

/** Name, version policy, contact, tags and notes of a dispatch. */
export function GeneralFields(props: {
  readonly form: DispatchForm;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly onChange: Change;
}) {
  const { t } = useTranslation();
  const { form, onChange } = props;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t("dispatch.name")}
          placeholder={props.courseTitle}
          maxLength={500}
          value={form.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t("dispatch.sellerVersion")}
          placeholder="2.1"
          maxLength={100}
          value={form.version}
          onChange={(event) => onChange({ version: event.currentTarget.value })}
        />
        <VersionField form={form} courseId={props.courseId} onChange={onChange} />
        <TextInput
          type="email"
          label={t("dispatch.email")}
          value={form.email}
          onChange={(event) => onChange({ email: event.currentTarget.value })}
        />
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

/** Which version new learners get. */
export function VersionField(props: {
  readonly form: DispatchForm;
  readonly courseId: string;
  readonly onChange: Change;
}) {
  const { t } = useTranslation();
  const versions = usePinnableVersions(props.courseId).data?.versions ?? [];
  return (
    <Select
      label={t("dispatch.versionPolicy")}
      description={t("dispatch.versionPolicyHint")}
      allowDeselect={false}
      data={[
        { value: "", label: t("dispatch.followsCourse") },
        ...versions.map(({ id, number, current }) => ({
          value: id,
          label: t(current ? "dispatch.pinnedCurrent" : "dispatch.pinnedTo", { number }),
        })),
      ]}
      value={props.form.pinnedVersionId}
      onChange={(value) => props.onChange({ pinnedVersionId: value ?? "" })}
    />
  );
}

/** What is stored of learners, and how often one may begin. */
export function LearnerFields({ form, onChange }: { readonly form: DispatchForm; readonly onChange: Change }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Radio.Group
        label={t("dispatch.instancing")}
        value={form.isStatic ? "static" : "instanced"}
        onChange={(value) => onChange({ isStatic: value === "static" })}
      >
        <Stack gap="xs" mt="xs">
          {(["instanced", "static"] as const).map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`dispatch.instancing_${value}`)}
              description={t(`dispatch.instancingHint_${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {(["hashLearner", "trackingEnabled", "shareAnalytics"] as const).map((key) => (
        <Checkbox
          key={key}
          label={t(`dispatch.${key}`)}
          description={t(`dispatch.${key}Hint`)}
          checked={form[key]}
          onChange={(event) => onChange({ [key]: event.currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}
