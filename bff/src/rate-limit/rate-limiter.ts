/** What a limiter says about one call. */
export interface RateDecision {
  readonly allowed: boolean;
  /** Calls that are left in this window. */
  readonly remaining: number;
  /** When the window ends, in seconds since the epoch. */
  readonly resetSeconds: number;
}

/** Counts calls by key in windows of time. May fail; the caller then lets the call through. */
export interface RateLimiter {
  /**
   * Counts one call of `key` against `limit` calls in a window.
   * @param windowSeconds an hour when absent; always the same for one key.
   */
  take(key: string, limit: number, windowSeconds?: number): Promise<RateDecision>;
}
