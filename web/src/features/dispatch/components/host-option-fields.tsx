import { Checkbox, NumberInput, Select, SimpleGrid, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type HostOptions, STATUS_MAPPINGS, WINDOW_MODES } from "../form/look.ts";

const SWITCHES = ["suspendWhenIncomplete", "onlyImprove", "scaleScore"] as const;

/** How results are told to the host LMS, and where the course opens. */
export function HostOptionFields(props: {
  readonly options: HostOptions;
  readonly onChange: (change: Partial<HostOptions>) => void;
}) {
  const { t } = useTranslation();
  const { options, onChange } = props;
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t("dispatch.statusMapping")}
          description={t("dispatch.statusMappingHint")}
          allowDeselect={false}
          data={STATUS_MAPPINGS.map((value) => ({ value, label: t(`dispatch.mapping_${value}`) }))}
          value={options.statusMapping}
          onChange={(value) => value && onChange({ statusMapping: value })}
        />
        <Select
          label={t("dispatch.windowMode")}
          description={t("dispatch.windowModeHint")}
          allowDeselect={false}
          data={WINDOW_MODES.map((value) => ({ value, label: t(`dispatch.window_${value}`) }))}
          value={options.windowMode}
          onChange={(value) => value && onChange({ windowMode: value })}
        />
        {options.windowMode === "window" &&
          (["windowWidth", "windowHeight"] as const).map((key) => (
            <NumberInput
              key={key}
              label={t(`dispatch.${key}`)}
              placeholder={t("dispatch.browserDecides")}
              min={0}
              max={10_000}
              value={options[key] || ""}
              onChange={(value) => onChange({ [key]: Number(value) || 0 })}
            />
          ))}
      </SimpleGrid>
      {SWITCHES.map((key) => (
        <Checkbox
          key={key}
          label={t(`dispatch.${key}`)}
          description={t(`dispatch.${key}Hint`)}
          checked={options[key]}
          onChange={(event) => onChange({ [key]: event.currentTarget.checked })}
        />
      ))}
    </Stack>
  );
}
