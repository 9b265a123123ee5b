import { ColorInput, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Branding, brandingProblems } from "../form/look.ts";
import { RefusalPreview } from "./refusal-preview.tsx";

/** Logo, colours and whom to ask, with the learner's page beside them as it would look. */
export function BrandingFields(props: {
  readonly branding: Branding;
  readonly dispatchId: string;
  readonly onChange: (change: Partial<Branding>) => void;
}) {
  const { t } = useTranslation();
  const { branding, onChange } = props;
  const problems = brandingProblems(branding);
  const address = (key: "logoUrl" | "supportUrl" | "cssUrl") => (
    <TextInput
      type="url"
      label={t(`dispatch.${key}`)}
      placeholder="https://"
      value={branding[key]}
      error={problems.has(key) ? t("dispatch.addressInvalid") : undefined}
      onChange={(event) => onChange({ [key]: event.currentTarget.value.trim() })}
    />
  );
  const colour = (key: "primaryColor" | "secondaryColor") => (
    <ColorInput
      label={t(`dispatch.${key}`)}
      placeholder="#4b3aa8"
      format="hex"
      fixOnBlur={false}
      eyeDropperButtonProps={{ "aria-label": t("dispatch.pickColour") }}
      value={branding[key]}
      error={problems.has(key) ? t("dispatch.colourInvalid") : undefined}
      onChange={(value) => onChange({ [key]: value.trim() })}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Stack>
        {address("logoUrl")}
        {colour("primaryColor")}
        {colour("secondaryColor")}
        <Textarea
          label={t("dispatch.supportText")}
          autosize
          minRows={2}
          maxLength={2000}
          value={branding.supportText}
          onChange={(event) => onChange({ supportText: event.currentTarget.value })}
        />
        {address("supportUrl")}
        {address("cssUrl")}
        <Textarea
          label={t("dispatch.css")}
          description={t("dispatch.cssHint")}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={65_536}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={branding.css}
          onChange={(event) => onChange({ css: event.currentTarget.value })}
        />
      </Stack>
      <RefusalPreview branding={branding} dispatchId={props.dispatchId} />
    </SimpleGrid>
  );
}
