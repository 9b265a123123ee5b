/** What a limiter says about one call. */
export interface RateDecision {
  readonly allowed: boolean;
  /** Calls that are left in this window. */
  readonly remaining: number;
  /** When the window ends, in seconds since the epoch. */
  readonly resetSeconds: number;
}

/** Counts calls by key in windows of an hour. May fail; the caller then lets the call through. */
export interface RateLimiter {
  /** Counts one call of `key` against `limit` calls an hour. */
  take(key: string, limit: number): Promise<RateDecision>;
}
