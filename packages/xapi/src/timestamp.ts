import type { XapiVersion } from "./version.ts";

/** RFC 3339 date-time. */
const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;
/** ISO 8601 calendar date and time, extended; minutes, seconds and offset may be missing. */
const extended = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
/** The same, basic. */
const basic = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(?:(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;

/** Longer than any timestamp worth having; 40 digits of a second are more than physics knows. */
const LONGEST = 80;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar, counting years from March on, so that leap days come last. */
function dayNumber(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + dayOfYear - 719468;
}

/** Minutes east of Greenwich; undefined for a negative zero, which 1.0.3 and RFC 3339 use for "unknown" and the LRS refuses, and nonsense. */
function offsetMinutes(text: string): number | undefined {
  if (text === "" || text === "Z" || text === "z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(":", ""));
  const total = hours * 60 + minutes;
  if (hours > 23 || minutes > 59 || (text[0] === "-" && total === 0)) return undefined;
  return text[0] === "-" ? -total : total;
}

/** A point in time: whole seconds since 1970 in UTC, and the digits of the fraction as written. */
interface Instant {
  readonly seconds: number;
  readonly fraction: string;
}

function instantOf(text: string, version: XapiVersion): Instant | undefined {
  if (text.length > LONGEST) return undefined;
  const match =
    version === "2.0.0" ? rfc3339.exec(text) : (rfc3339.exec(text) ?? extended.exec(text) ?? basic.exec(text));
  if (!match) return undefined;
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0", fraction = "", zone = ""] = match;
  const offset = offsetMinutes(zone);
  const [y, mo, d, h, mi, s] = [+year, +month, +day, +hour, +minute, +second];
  // 24:00 is the end of a day in ISO 8601 only; second 60 is a leap second, which ends an hour.
  const endOfDay = version === "1.0.3" && h === 24 && mi === 0 && s === 0 && /^0*$/.test(fraction);
  if (offset === undefined || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo)) return undefined;
  if ((h > 23 && !endOfDay) || mi > 59 || s > 60) return undefined;
  return { seconds: dayNumber(y, mo, d) * 86400 + h * 3600 + (mi - offset) * 60 + s, fraction };
}

/**
 * Whether a text is a timestamp: RFC 3339 in 2.0 (IEEE 9274.1.1 4.2.7); in 1.0.3 ISO 8601 with a calendar date, extended or basic, where
 * the time may be cut short (Data 4.5). An offset of minus zero is refused in both.
 */
export function isTimestamp(text: string, version: XapiVersion): boolean {
  return instantOf(text, version) !== undefined;
}

/** Milliseconds since 1970 in UTC, with what lies beyond cut off; a time without offset counts as UTC. Undefined when the text is no timestamp of either version. */
export function timestampMillis(text: string): number | undefined {
  const instant = instantOf(text, "1.0.3");
  return instant && instant.seconds * 1000 + Number(instant.fraction.padEnd(3, "0").slice(0, 3));
}

/** What is compared of a timestamp: the point in time to the millisecond, in whatever zone it is written (1.0.3 Data 2.3.1 and 4.5). A text that is no timestamp stays itself. */
export function comparableTimestamp(text: string): string {
  return timestampMillis(text)?.toString() ?? text;
}
