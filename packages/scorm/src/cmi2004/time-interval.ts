const strictForm =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?$/;
/** With any number of fraction digits, as scripts write it. */
const anyForm =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

const second = 100;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** A twelfth of 365.25 days: an interval does not say in which months it lay. */
const month = Math.round((365.25 / 12) * day);

/** Digits that fit a whole number without loss. */
const mostDigits = 10;

/**
 * Hundredths of a second of a `timeinterval(second,10,2)` such as `P1Y3M2DT3H` (RTE 4.1.1.7), or undefined when the text is none.
 * Whole numbers, so that a sum over a thousand sessions is exact. A strict reading takes at most two fraction digits.
 */
export function parseTimeInterval(text: string, strict: boolean): number | undefined {
  const match = (strict ? strictForm : anyForm).exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1, 7);
  if (parts.some((part) => part !== undefined && part.length > mostDigits)) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const fraction = Number((match[7] ?? "").slice(0, 2).padEnd(2, "0"));
  return (years * 12 + months) * month + days * day + hours * hour + minutes * minute + seconds * second + fraction;
}

/** `P1DT2H3M4.5S`, `PT0H0M0S` for nothing. Never months or years: how long they are depends on which ones. */
export function formatTimeInterval(centiseconds: number): string {
  if (centiseconds === 0) return "PT0H0M0S";
  const part = (number: number, unit: string) => (number > 0 ? `${number}${unit}` : "");
  const time =
    part(Math.floor(centiseconds / hour) % 24, "H") +
    part(Math.floor(centiseconds / minute) % 60, "M") +
    part((centiseconds % minute) / second, "S");
  return `P${part(Math.floor(centiseconds / day), "D")}${time === "" ? "" : `T${time}`}`;
}
