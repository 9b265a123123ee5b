/** How long to wait after failures, milliseconds. */
export interface RetrySchedule {
  readonly minMs: number;
  readonly maxMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The pause before the next attempt: doubled with each failure, up to the longest, then spread over its upper half so that those which
 * failed together do not come back together. Whoever said when to come back is never asked earlier, up to a day.
 * @param failures in a row, at least 1.
 * @param random from 0 to 1.
 */
export function retryDelay(
  failures: number,
  { minMs, maxMs }: RetrySchedule,
  random: number,
  retryAfterMs: number | undefined,
): number {
  const whole = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30));
  const spread = Math.round(whole * (0.5 + random / 2));
  return Math.max(spread, Math.min(retryAfterMs ?? 0, DAY_MS));
}

/** Reads `Retry-After`: seconds or a date (RFC 9110, 10.2.3). Milliseconds from now; undefined for anything else. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
