import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Two moments, ISO 8601; either may be open. */
export interface TimeRange {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** From and until, in the viewer's own zone. */
export function TimeRangeFields(props: { readonly range: TimeRange; readonly onChange: (change: TimeRange) => void }) {
  const { t } = useTranslation();
  return (["since", "until"] as const).map((key) => (
    <TextInput
      key={key}
      type="datetime-local"
      aria-label={t(`events.${key}`)}
      leftSection={<span style={{ fontSize: 12 }}>{t(`events.${key}Short`)}</span>}
      leftSectionWidth={48}
      w={230}
      maw="100%"
      value={localText(props.range[key])}
      onChange={(event) => props.onChange({ [key]: isoOfLocal(event.currentTarget.value) })}
    />
  ));
}

/** `2026-11-20T14:32`, as such a field wants it; empty for what is no time. */
export function localText(iso: string | undefined): string {
  const time = iso ? new Date(iso) : undefined;
  if (!time || Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The other way round; undefined for what is no time. */
export function isoOfLocal(text: string): string | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
