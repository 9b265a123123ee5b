const firstDelay = 1_000;
const longestDelay = 30_000;

/**
 * Milliseconds to wait after the given number of failures in a row (1, 2, …): doubling from one second up to 30, less up to half of it by
 * chance so that a class of thirty does not come back in step. A server that says `Retry-After` is never asked earlier than that.
 */
export function retryDelay(failures: number, random: number, retryAfter = 0): number {
  const full = Math.min(longestDelay, firstDelay * 2 ** (failures - 1));
  return Math.max(Math.round(full * (1 - random / 2)), retryAfter);
}
