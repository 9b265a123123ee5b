import { retryDelay } from "../player/journal/retry-delay.ts";
import { LaunchError } from "../player/protocol/launch-error.ts";

/** What is told about a call that does not go through. */
export interface Patience {
  /** A failure that may pass; the next try begins in that many milliseconds, or when `retryNow` is called. */
  readonly onFailure: (failures: number, waitMs: number, retryNow: () => void) => void;
  readonly random?: () => number;
}

/** Does something until it goes through or fails for good. Tries at once when the network comes back. */
export async function patiently<T>(act: () => Promise<T>, { onFailure, random = Math.random }: Patience): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof LaunchError) || !error.passing) throw error;
      const wait = retryDelay(failures, random(), error.retryAfter);
      await new Promise<void>((resolve) => {
        const go = (): void => {
          clearTimeout(timer);
          removeEventListener("online", go);
          resolve();
        };
        const timer = setTimeout(go, wait);
        addEventListener("online", go);
        onFailure(failures, wait, go);
      });
    }
  }
}
