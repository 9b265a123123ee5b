import { Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FORMATS, type Format } from "../api/packages.ts";

/** Package formats with what speaks for each. */
export function FormatChoice(props: { readonly format: Format; readonly onChange: (format: Format) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("dispatch.format")}
      description={t("dispatch.formatHint")}
      value={props.format}
      onChange={(value) => props.onChange(FORMATS.find((known) => known === value) ?? props.format)}
    >
      <Stack gap="xs" mt="sm">
        {FORMATS.map((format) => (
          <Radio
            key={format}
            value={format}
            label={
              <Text span fw={500}>
                {t(`dispatch.format_${format}`)}
              </Text>
            }
            description={t(`dispatch.advice_${format}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
