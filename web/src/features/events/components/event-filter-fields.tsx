import { Group, Pill, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EventTypeSelect } from "../../../components/event-type-select.tsx";
import { TimeRangeFields } from "../../../components/time-range-fields.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useEventCatalogue } from "../api/events.ts";
import { type EventFilters, VALUE_FILTERS } from "../event-filters.ts";

/** Types, course and time. */
export function EventFilterFields(props: {
  readonly filters: EventFilters;
  readonly onChange: (change: EventFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onChange } = props;
  const { data } = useEventCatalogue();
  const courses = (data?.courses ?? []).map(({ id, title }) => ({ value: id, label: title || shortId(id) }));
  if (filters.course && !courses.some(({ value }) => value === filters.course))
    courses.push({ value: filters.course, label: shortId(filters.course) });
  return (
    <>
      <EventTypeSelect
        types={(data?.types ?? []).map(({ name }) => name)}
        aria-label={t("events.types")}
        placeholder={filters.types?.length ? "" : t("events.anyType")}
        value={[...(filters.types ?? [])]}
        onChange={(types) => onChange({ types: types.length > 0 ? types : undefined })}
        miw={220}
        maw={420}
      />
      <Select
        aria-label={t("events.course")}
        placeholder={t("events.anyCourse")}
        data={courses}
        value={filters.course ?? null}
        onChange={(course) => onChange({ course: course ?? undefined })}
        searchable
        clearable
        w={200}
      />
      <TimeRangeFields range={filters} onChange={onChange} />
    </>
  );
}

/** Filters that came from a click on a value; a cross takes each away. */
export function ValueFilters(props: {
  readonly filters: EventFilters;
  readonly onChange: (change: EventFilters) => void;
}) {
  const { t } = useTranslation();
  const set = VALUE_FILTERS.filter((key) => props.filters[key]);
  if (set.length === 0) return null;
  return (
    <Group gap={6} mb="sm">
      {set.map((key) => (
        <Pill
          key={key}
          size="md"
          withRemoveButton
          onRemove={() => props.onChange({ [key]: undefined })}
          removeButtonProps={{
            "aria-hidden": false,
            tabIndex: 0,
            "aria-label": t("events.removeFilter", { name: t(`events.${key}`) }),
          }}
        >
          {t(`events.${key}`)}: {shortId(props.filters[key] ?? "")}
        </Pill>
      ))}
    </Group>
  );
}
