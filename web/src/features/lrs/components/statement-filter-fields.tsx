import { Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { invalidFilters, type StatementFilters } from "../statement/statement-filters.ts";
import { VERBS } from "../statement/verbs.ts";
import { FilterText } from "./filter-text.tsx";

/** Person, verb, activity, registration; in a dialog also whether those related count. */
export function StatementFilterFields(props: {
  readonly filters: StatementFilters;
  /** What changed and nothing else: fields report at different times. */
  readonly onChange: (change: StatementFilters) => void;
  /** In a dialog fields are stacked and carry their labels. */
  readonly stacked?: boolean;
  /** The page has a field of its own for the person. */
  readonly withAgent: boolean;
}) {
  const { t } = useTranslation();
  const { filters, onChange, stacked = false } = props;
  const wrong = invalidFilters(filters);
  const field = (key: "agent" | "verb" | "activity" | "registration", width: number) => ({
    label: t(`statements.${key}`),
    value: filters[key] ?? "",
    onChange: (value: string) => onChange({ [key]: value.trim() || undefined }),
    error: wrong.has(key) ? t(`statements.${key}Invalid`) : undefined,
    ...(stacked ? { visibleLabel: true, placeholder: t("statements.any") } : { width }),
  });
  return (
    <>
      {props.withAgent && <FilterText {...field("agent", 260)} />}
      <FilterText {...field("verb", 250)} choices={VERBS} />
      <FilterText {...field("activity", 250)} />
      <FilterText {...field("registration", 200)} />
      {stacked && <RelatedFields filters={filters} onChange={onChange} />}
    </>
  );
}

/** Whether the person and the activity may be anywhere in a statement. */
export function RelatedFields(props: {
  readonly filters: StatementFilters;
  readonly onChange: (change: StatementFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onChange } = props;
  const related = (key: "relatedAgents" | "relatedActivities", needs: string | undefined) => (
    <Checkbox
      label={t(`statements.${key}`)}
      title={t(`statements.${key}Hint`)}
      checked={Boolean(filters[key] && needs)}
      disabled={!needs}
      onChange={(event) => onChange({ [key]: event.currentTarget.checked || undefined })}
    />
  );
  return (
    <>
      {related("relatedAgents", filters.agent)}
      {related("relatedActivities", filters.activity)}
    </>
  );
}

/** Stored after and stored until, in the viewer's zone. */
export function StoredRangeFields(props: {
  readonly filters: StatementFilters;
  readonly onChange: (change: StatementFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onChange } = props;
  return (["since", "until"] as const).map((key) => (
    <TextInput
      key={key}
      type="datetime-local"
      aria-label={t(`statements.${key}`)}
      leftSection={<span style={{ fontSize: 12 }}>{t(`statements.${key}Short`)}</span>}
      leftSectionWidth={48}
      w={230}
      maw="100%"
      value={localText(filters[key])}
      onChange={(event) => {
        const time = Date.parse(event.currentTarget.value);
        onChange({ [key]: Number.isNaN(time) ? undefined : new Date(time).toISOString() });
      }}
    />
  ));
}

/** `2026-11-20T14:32`, as such a field wants it. */
function localText(iso: string | undefined): string {
  const time = iso ? new Date(iso) : undefined;
  if (!time || Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
