/** The zone times are shown in: the browser's, or UTC. */
export type Zone = "local" | "utc";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a moment is told: relative under a day, absolute otherwise. */
export type TimePhrase =
  | { readonly kind: "now" }
  | { readonly kind: "minutes" | "hours"; readonly count: number }
  | { readonly kind: "absolute" };

/** Chooses the phrase for `time`, both in milliseconds since the epoch; a moment in the future is absolute. */
export function timePhrase(time: number, now: number): TimePhrase {
  const age = now - time;
  if (age < -MINUTE || age >= DAY) return { kind: "absolute" };
  if (age < MINUTE) return { kind: "now" };
  if (age < HOUR) return { kind: "minutes", count: Math.floor(age / MINUTE) };
  return { kind: "hours", count: Math.floor(age / HOUR) };
}

/** "20 Nov 2026, 14:32". */
export function formatDateTime(time: number, language: string, zone: Zone): string {
  return formatter(language, zone, { day: "numeric", month: "short", year: "numeric", ...CLOCK }).format(time);
}

/** "20 Nov 2026". */
export function formatDate(time: number, language: string, zone: Zone): string {
  return formatter(language, zone, { day: "numeric", month: "short", year: "numeric" }).format(time);
}

/** "14:32". */
export function formatClock(time: number, language: string, zone: Zone): string {
  return formatter(language, zone, CLOCK).format(time);
}

/** "14:32:05.123", for logs. */
export function formatLogTime(time: number, zone: Zone): string {
  return formatter("en", zone, { ...CLOCK, second: "2-digit", fractionalSecondDigits: 3 }).format(time);
}

/** Name of the zone, for instance "Europe/Berlin". */
export function zoneName(zone: Zone): string {
  return zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language === "en" ? "en-GB" : language;
  const key = `${locale} ${zone} ${Object.keys(options).join()}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, zone === "utc" ? { ...options, timeZone: "UTC" } : options);
    formatters.set(key, found);
  }
  return found;
}
