import type { Zone } from "../../../lib/format/time.ts";

/** Midnight of a moment's day in a zone, `shift` days on; Unix milliseconds. Days have 23 or 25 hours where clocks change. */
export function dayStart(time: number, zone: Zone, shift = 0): number {
  const at = new Date(time);
  if (zone === "utc") return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + shift);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + shift).getTime();
}

/** Midnight of a day written as `2026-11-20`; undefined for anything else. */
export function parseDay(text: string | undefined, zone: Zone): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "") ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const parts = [Number(year), Number(month) - 1, Number(day)] as const;
  const time = zone === "utc" ? Date.UTC(...parts) : new Date(...parts).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** `2026-11-20`. */
export function dayText(time: number, zone: Zone): string {
  if (zone === "utc") return new Date(time).toISOString().slice(0, 10);
  const at = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
