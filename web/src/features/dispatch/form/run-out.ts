/** What a projection needs of a licence. */
export interface Consumption {
  readonly used: number;
  /** 0: none. */
  readonly limit: number;
  /** Since when is counted, milliseconds since the epoch. */
  readonly since: number;
  readonly now: number;
}

const DAY_MS = 24 * 3_600_000;
/** Less time says nothing about a pace. */
const LEAST_MS = DAY_MS;
/** Further ahead a date is no information. */
const MOST_MS = 5 * 365 * DAY_MS;

/** When the limit is reached if learners come as they did so far; undefined when that cannot be said. Milliseconds since the epoch. */
export function projectedRunOut({ used, limit, since, now }: Consumption): number | undefined {
  const lasted = now - since;
  if (limit === 0 || used === 0 || used >= limit || since === 0 || lasted < LEAST_MS) return undefined;
  const left = ((limit - used) / used) * lasted;
  return left > MOST_MS ? undefined : now + left;
}
