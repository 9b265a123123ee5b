import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { DayRange } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";

/** Days of one request at most: a year, and the day it began with. */
const MOST_DAYS = 367;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that figures cover, both ends included. */
export interface Days {
  /** `YYYY-MM-DD` */
  readonly first: string;
  readonly last: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** @throws FIELD_INVALID */
export function readDays(range: DayRange | undefined): Days {
  if (range === undefined) throw fieldInvalid("range", "is required");
  const first = dayNumber("range.first_day", range.firstDay);
  const last = dayNumber("range.last_day", range.lastDay);
  if (last < first) throw fieldInvalid("range.last_day", "must not be before first_day");
  if (last - first >= MOST_DAYS) throw fieldInvalid("range.last_day", `a range has at most ${MOST_DAYS} days`);
  return { first: range.firstDay, last: range.lastDay, timeZone: zone(range.timeZone) };
}

/** Every day of a range in order, as `YYYY-MM-DD`. */
export function allDays({ first, last }: Days): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function dayNumber(field: string, text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`);
  // 2026-02-30 reads as a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw fieldInvalid(field, `${text} is no day of the calendar`);
  return at / DAY_MS;
}

function zone(name: string): string {
  if (name === "") return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw fieldInvalid("range.time_zone", `${name} is no IANA time zone`);
  }
}
