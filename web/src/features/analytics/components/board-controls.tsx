import { Button, Group, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { zoneName } from "../../../lib/format/time.ts";
import { setPreferences } from "../../../lib/preferences.ts";
import { useFilterChoices } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { activeFilters, RANGES, STEPS } from "../board/board-search.ts";
import { dayText } from "../board/calendar.ts";
import { useFormats } from "../use-formats.ts";
import classes from "./board.module.css";

/** Range and step. */
export function RangeControls({ withStep = true }: { readonly withStep?: boolean }) {
  const { t } = useTranslation();
  const { search, change, range, zone } = useBoard();
  const today = dayText(Date.now(), zone);
  const chosen = search.range ?? "30d";
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t("analytics.range")}
        value={chosen}
        data={RANGES.map((value) => ({ value, label: t(`analytics.range_${value}`) }))}
        onChange={(value) => {
          const next = RANGES.find((one) => one === value);
          change({
            range: next,
            step: undefined,
            ...(next === "custom"
              ? { from: dayText(range.start, zone), to: dayText((range.end || Date.now() + 1) - 1, zone) }
              : { from: undefined, to: undefined }),
          });
        }}
      />
      {chosen === "custom" && (
        <Group gap={6} wrap="nowrap">
          <TextInput
            type="date"
            size="xs"
            aria-label={t("analytics.firstDay")}
            max={today}
            value={search.from ?? dayText(range.start, zone)}
            onChange={(event) => change({ from: event.currentTarget.value || undefined })}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="date"
            size="xs"
            aria-label={t("analytics.lastDay")}
            max={today}
            value={search.to ?? today}
            onChange={(event) => change({ to: event.currentTarget.value || undefined })}
          />
        </Group>
      )}
      {withStep && (
        <Select
          size="xs"
          w={104}
          aria-label={t("analytics.step")}
          allowDeselect={false}
          value={range.step}
          data={STEPS.filter((step) => step !== "hour" || range.days <= 31).map((value) => ({
            value,
            label: t(`analytics.step_${value}`),
          }))}
          onChange={(value) => change({ step: STEPS.find((step) => step === value) })}
        />
      )}
    </>
  );
}

/** In which zone days begin, and whether there is a comparison. */
export function ZoneControls() {
  const { t } = useTranslation();
  const { search, change, zone } = useBoard();
  return (
    <>
      {zoneName("local") !== "UTC" && (
        <SegmentedControl
          size="xs"
          aria-label={t("analytics.zone")}
          value={zone}
          data={[
            { value: "local", label: zoneName("local") },
            { value: "utc", label: "UTC" },
          ]}
          onChange={(value) => setPreferences({ zone: value === "utc" ? "utc" : "local" })}
        />
      )}
      <Switch
        size="xs"
        label={t("analytics.compare")}
        checked={!search.alone}
        onChange={(event) => change({ alone: event.currentTarget.checked ? undefined : true })}
      />
    </>
  );
}

/** Course, version, destination and tag. @param fixed the course is the page's own. */
export function BoardFilters({ fixed = false }: { readonly fixed?: boolean }) {
  const { t } = useTranslation();
  const { search, change } = useBoard();
  const { data } = useFilterChoices(search.course ?? "");
  const options = (choices: readonly { readonly id: string; readonly name: string }[] = []) =>
    choices.map(({ id, name }) => ({ value: id, label: name || id }));
  const field = (name: "course" | "version" | "destination" | "tag", data: { value: string; label: string }[]) => ({
    size: "xs" as const,
    clearable: true,
    "aria-label": t(`analytics.filter_${name}`),
    placeholder: t(`analytics.filter_${name}`),
    data,
    value: search[name] ?? null,
    onChange: (value: string | null) =>
      change({ [name]: value ?? undefined, ...(name === "course" && { version: undefined }) }),
  });
  return (
    <>
      {!fixed && <Select searchable w={220} {...field("course", options(data?.courses))} />}
      {search.course && (data?.versions.length ?? 0) > 1 && (
        <Select
          w={130}
          {...field(
            "version",
            (data?.versions ?? []).map(({ id, name }) => ({
              value: id,
              label: t("courses.versionNumber", { number: Number(name) }),
            })),
          )}
        />
      )}
      {((data?.destinations.length ?? 0) > 0 || search.destination) && (
        <Select searchable w={170} {...field("destination", options(data?.destinations))} />
      )}
      {((data?.tags.length ?? 0) > 0 || search.tag) && (
        <Select
          searchable
          w={130}
          {...field(
            "tag",
            (data?.tags ?? []).map((tag) => ({ value: tag, label: tag })),
          )}
        />
      )}
      {activeFilters(search) > (fixed ? 1 : 0) && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() =>
            change({
              ...(!fixed && { course: undefined }),
              version: undefined,
              destination: undefined,
              tag: undefined,
            })
          }
        >
          {t("list.clearFilters")}
        </Button>
      )}
    </>
  );
}

/** Which days are shown, and with which they are compared. */
export function RangeText({ children }: { readonly children?: React.ReactNode }) {
  const { t } = useTranslation();
  const { range, search } = useBoard();
  const formats = useFormats();
  return (
    <div className={classes.rangeText}>
      <span>
        {formats.range(range.start, range.end)}
        {!search.alone &&
          ` · ${t("analytics.comparedWith", { range: formats.range(range.compareStart, range.compareEnd) })}`}
      </span>
      {children}
    </div>
  );
}
