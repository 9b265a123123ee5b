const duration = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

const SECONDS_A_DAY = 86_400;
const DAYS_A_YEAR = 365.25;

/** Seconds of an `xs:duration` that is not negative; a month is a twelfth of 365.25 days. Undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = duration.exec(text);
  if (match === null || match[0].length > 60) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (
    (years + months / 12) * DAYS_A_YEAR * SECONDS_A_DAY + days * SECONDS_A_DAY + hours * 3600 + minutes * 60 + seconds
  );
}

const dateTime = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** Milliseconds since 1970 of an `xs:dateTime`, in UTC when it names no time zone. Undefined when the text is none. */
export function parseDateTime(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const zone = match[8] ?? "Z";
  const milliseconds = Date.parse(match[8] === undefined ? `${text}${zone}` : text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
