import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ABSENT, formatDuration } from "../../lib/format/duration.ts";
import { formatShare } from "../../lib/format/score.ts";
import { formatDate, formatDateTime, type Zone } from "../../lib/format/time.ts";
import { usePreferences } from "../../lib/preferences.ts";
import type { Step } from "./board/board-search.ts";

/** Numbers and times of boards in the language and zone of the viewer. */
export interface Formats {
  readonly zone: Zone;
  count(value: number | bigint): string;
  /** Few characters, for an axis. */
  short(value: number): string;
  /** Whole percent of a count, absent of nothing. */
  share(part: number | bigint, whole: number | bigint): string;
  /** A share from 0 to 1. */
  percent(value: number): string;
  duration(ms: number | bigint): string;
  /** Whole minutes or hours, for an axis. */
  shortDuration(ms: number): string;
  /** Of a step of time. */
  tick(start: number, step: Step): string;
  label(start: number, step: Step): string;
  /** Both days of a range. @param end exclusive, 0 for now. */
  range(start: number, end: number): string;
}

export function useFormats(): Formats {
  const { i18n, t } = useTranslation();
  const { zone } = usePreferences();
  const { language } = i18n;
  return useMemo((): Formats => {
    const locale = language === "en" ? "en-GB" : language;
    const inZone = zone === "utc" ? { timeZone: "UTC" } : {};
    const time = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...inZone });
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const ticks = {
      hour: time(clock),
      day: time({ day: "numeric", month: "short" }),
      week: time({ day: "numeric", month: "short" }),
      month: time({ month: "short", year: "2-digit" }),
    };
    const labels = {
      hour: time({ day: "numeric", month: "short", ...clock }),
      day: time({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
      week: time({ day: "numeric", month: "short", year: "numeric" }),
      month: time({ month: "long", year: "numeric" }),
    };
    const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
    const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
    return {
      zone,
      count: (value) => value.toLocaleString(locale),
      short: (value) => compact.format(value),
      share: (part, whole) => formatShare(Number(part), Number(whole)),
      percent: (value) => (Number.isFinite(value) ? percent.format(value) : ABSENT),
      duration: (ms) => formatDuration(Number(ms) / 1000),
      shortDuration: (ms) =>
        ms <= 0
          ? "0"
          : ms < 120_000
            ? `${Math.round(ms / 1000)} s`
            : ms < 5_400_000
              ? `${Math.round(ms / 60_000)} min`
              : `${compact.format(ms / 3_600_000)} h`,
      tick: (start, step) => ticks[step].format(start),
      label: (start, step) =>
        step === "week" ? t("analytics.weekOf", { day: labels.week.format(start) }) : labels[step].format(start),
      range: (start, end) =>
        end !== 0 && end - start < 86_400_000
          ? formatDateTime(start, language, zone)
          : end !== 0 && end - start <= 90_000_000
            ? formatDate(start, language, zone)
            : t("analytics.fromTo", {
                from: formatDate(start, language, zone),
                to: end === 0 ? t("analytics.today") : formatDate(end - 1, language, zone),
              }),
    };
  }, [language, zone, t]);
}
