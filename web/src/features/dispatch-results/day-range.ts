import type { Zone } from "../../lib/format/time.ts";

/** Days that figures cover, both ends included, cut in a zone. */
export interface DayRange {
  /** `YYYY-MM-DD` */
  readonly firstDay: string;
  readonly lastDay: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** The last days up to today. */
export function lastDays(count: number, zone: Zone, now: number = Date.now()): DayRange {
  const timeZone = zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const lastDay = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now).slice(0, 10);
  const first = new Date(`${lastDay}T00:00:00Z`);
  first.setUTCDate(first.getUTCDate() - count + 1);
  return { firstDay: first.toISOString().slice(0, 10), lastDay, timeZone };
}
