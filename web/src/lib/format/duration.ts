/** What stands for a value that is not there. */
export const ABSENT = "—";

/** Seconds as "1 h 04 min", "4 min 05 s" or "12 s"; absent for 0 or less. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return ABSENT;
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) return `${hours} h ${pad(minutes)} min`;
  if (minutes > 0) return rest === 0 ? `${minutes} min` : `${minutes} min ${pad(rest)} s`;
  return whole === 0 ? "< 1 s" : `${rest} s`;
}

/** Milliseconds between two calls: "+0.132 s", "+4.0 s", "+3 min 20 s". */
export function formatGap(milliseconds: number): string {
  if (milliseconds < 1000) return `+${(milliseconds / 1000).toFixed(3)} s`;
  if (milliseconds < 60_000) return `+${(milliseconds / 1000).toFixed(1)} s`;
  return `+${formatDuration(milliseconds / 1000)}`;
}

/** Seconds as an ISO 8601 duration: `PT1H4M5S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return `PT${h > 0 ? `${h}H` : ""}${m > 0 ? `${m}M` : ""}${s > 0 || whole === 0 ? `${s}S` : ""}`;
}

const pad = (value: number) => String(value).padStart(2, "0");
