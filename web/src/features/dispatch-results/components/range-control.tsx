import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";

export const RANGES = [7, 30, 90] as const;
export type Days = (typeof RANGES)[number];

/** The last 7, 30 or 90 days. */
export function RangeControl({ days, onDays }: { readonly days: Days; readonly onDays: (days: Days) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("dispatchResults.range")}
      value={String(days)}
      data={RANGES.map((value) => ({ value: String(value), label: t("dispatchResults.days", { count: value }) }))}
      onChange={(value) => onDays(RANGES.find((known) => String(known) === value) ?? 30)}
    />
  );
}
