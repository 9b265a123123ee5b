const strictForm =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d{1,2}(Z|[+-]\d{2}(?::\d{2})?)?)?)?)?)?)?)?$/;
/** As scripts write it: any fraction, and a time zone after minutes or seconds too. */
const anyForm =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?)?)?)?$/;

/** Years of the book's `time(second,10,0)`. */
const firstYear = 1970;
const lastYear = 2038;

/**
 * Whether a text is a `time(second,10,0)` (RTE 4.1.1.6): an ISO 8601 date with as much of the time as is known. A strict reading takes the
 * years 1970 to 2038, at most two fraction digits, and a time zone only after a fraction.
 */
export function isPointInTime(text: string, strict: boolean): boolean {
  const match = (strict ? strictForm : anyForm).exec(text);
  if (match === null) return false;
  const [, year = "", month = "01", day = "01", hours = "0", minutes = "0", seconds = "0", zone = ""] = match;
  if (strict && (Number(year) < firstYear || Number(year) > lastYear)) return false;
  if (Number(month) < 1 || Number(month) > 12) return false;
  if (Number(day) < 1 || Number(day) > daysIn(Number(year), Number(month))) return false;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return false;
  const [, zoneHours = "0", zoneMinutes = "0"] = /^[+-](\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return Number(zoneHours) <= 23 && Number(zoneMinutes) <= 59;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
