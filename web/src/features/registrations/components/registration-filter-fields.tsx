import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseChoices } from "../api/registrations.ts";
import type { RegistrationFilters } from "../registration-filters.ts";

const COMPLETIONS = ["not_attempted", "incomplete", "complete", "unknown"] as const;
const SUCCESSES = ["passed", "failed", "unknown"] as const;

/** Status pair, course, launched or not. */
export function RegistrationFilterFields(props: {
  readonly filters: RegistrationFilters;
  readonly onFilters: (filters: RegistrationFilters) => void;
  readonly withCourse: boolean;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  return (
    <>
      {props.withCourse && (
        <CourseSelect
          value={filters.course}
          onChange={(course) => onFilters({ ...filters, course })}
          label={t("registrations.course")}
        />
      )}
      <Select
        aria-label={t("registrations.completion")}
        placeholder={t("registrations.anyCompletion")}
        clearable
        w={170}
        value={filters.completion ?? null}
        data={COMPLETIONS.map((value) => ({ value, label: t(`status.completion.${value}`) }))}
        onChange={(value) => onFilters({ ...filters, completion: COMPLETIONS.find((known) => known === value) })}
      />
      <Select
        aria-label={t("registrations.success")}
        placeholder={t("registrations.anySuccess")}
        clearable
        w={160}
        value={filters.success ?? null}
        data={SUCCESSES.map((value) => ({ value, label: t(`status.success.${value}`) }))}
        onChange={(value) => onFilters({ ...filters, success: SUCCESSES.find((known) => known === value) })}
      />
      <Select
        aria-label={t("registrations.launched")}
        placeholder={t("registrations.anyLaunched")}
        clearable
        w={170}
        value={filters.launched === undefined ? null : String(filters.launched)}
        data={[
          { value: "true", label: t("registrations.wasLaunched") },
          { value: "false", label: t("registrations.notLaunched") },
        ]}
        onChange={(value) => onFilters({ ...filters, launched: value === null ? undefined : value === "true" })}
      />
    </>
  );
}

/** Chooses a course by its title. */
export function CourseSelect(props: {
  readonly value: string | undefined;
  readonly onChange: (course: string | undefined) => void;
  readonly label: string;
  readonly visibleLabel?: boolean;
  readonly error?: string | undefined;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [query] = useDebouncedValue(search, 200);
  const choices = useCourseChoices(query).data?.courses ?? [];
  const data = choices.map((course) => ({ value: course.id, label: course.title }));
  // A course that came in by the address may be beyond the first choices; its id still has to be shown as chosen.
  if (props.value && !data.some((choice) => choice.value === props.value))
    data.push({ value: props.value, label: t("registrations.chosenCourse") });
  return (
    <Select
      {...(props.visibleLabel ? { label: props.label } : { "aria-label": props.label, w: 220 })}
      placeholder={props.visibleLabel ? t("registrations.chooseCourse") : t("registrations.anyCourse")}
      searchable
      clearable={!props.visibleLabel}
      nothingFoundMessage={t("list.noneMatch")}
      filter={({ options }) => options}
      onSearchChange={setSearch}
      value={props.value ?? null}
      data={data}
      error={props.error}
      onChange={(value) => props.onChange(value ?? undefined)}
    />
  );
}
