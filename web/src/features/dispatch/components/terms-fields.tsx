import { Checkbox, NumberInput, SimpleGrid, Stack, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isoOfLocal, localText } from "../../../components/time-range-fields.tsx";
import { type Terms, termsProblem } from "../form/terms.ts";

const HOUR = 3600;

/** How much may be used, by whom, from when until when. An empty field is no limit. */
export function TermsFields(props: { readonly terms: Terms; readonly onChange: (change: Partial<Terms>) => void }) {
  const { t } = useTranslation();
  const { terms, onChange } = props;
  const amount = (key: "usageLimit" | "seatLimit" | "accessDays") => ({
    label: t(`dispatch.${key}`),
    placeholder: t("dispatch.noLimit"),
    min: 0,
    max: 2_000_000_000,
    allowDecimal: false,
    value: terms[key] || "",
    onChange: (value: number | string) => onChange({ [key]: Number(value) || 0 }),
  });
  const problem = termsProblem(terms);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput {...amount("usageLimit")} description={t("dispatch.usageLimitHint")} />
        <NumberInput {...amount("seatLimit")} description={t("dispatch.seatLimitHint")} />
        {terms.seatLimit > 0 && (
          <NumberInput
            label={t("dispatch.seatIdleHours")}
            description={t("dispatch.seatIdleHint")}
            placeholder={t("dispatch.never")}
            min={0}
            value={terms.seatIdleSeconds > 0 ? terms.seatIdleSeconds / HOUR : ""}
            onChange={(value) => onChange({ seatIdleSeconds: Math.round((Number(value) || 0) * HOUR) })}
          />
        )}
        <NumberInput {...amount("accessDays")} description={t("dispatch.accessDaysHint")} />
        <MomentField
          label={t("dispatch.startTime")}
          description={t("dispatch.startTimeHint")}
          value={terms.startTime}
          onChange={(startTime) => onChange({ startTime })}
        />
        <MomentField
          label={t("dispatch.expireTime")}
          description={t("dispatch.expireTimeHint")}
          value={terms.expireTime}
          error={problem && t(`dispatch.${problem}`)}
          onChange={(expireTime) => onChange({ expireTime })}
        />
      </SimpleGrid>
      <TagsInput
        label={t("dispatch.allowedDomains")}
        description={t("dispatch.allowedDomainsHint")}
        placeholder={terms.allowedDomains.length === 0 ? "lms.example.com" : ""}
        maxTags={100}
        value={[...terms.allowedDomains]}
        onChange={(allowedDomains) => onChange({ allowedDomains })}
      />
      <Checkbox
        label={t("dispatch.allowNew")}
        description={t("dispatch.allowNewHint")}
        checked={terms.allowNewRegistrations}
        onChange={(event) => onChange({ allowNewRegistrations: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("dispatch.revokeOnEnd")}
        description={t("dispatch.revokeOnEndHint")}
        checked={terms.revokeOnEnd}
        onChange={(event) => onChange({ revokeOnEnd: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** A moment in the viewer's own zone; 0 for none. */
export function MomentField(props: {
  readonly label: string;
  readonly description?: string;
  readonly value: bigint;
  readonly error?: string | undefined;
  readonly onChange: (time: bigint) => void;
}) {
  return (
    <TextInput
      type="datetime-local"
      label={props.label}
      description={props.description}
      error={props.error}
      value={props.value > 0n ? localText(new Date(Number(props.value)).toISOString()) : ""}
      onChange={(event) => {
        const iso = isoOfLocal(event.currentTarget.value);
        props.onChange(iso ? BigInt(Date.parse(iso)) : 0n);
      }}
    />
  );
}
