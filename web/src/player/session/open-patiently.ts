import { retryDelay } from "../journal/retry-delay.ts";
import { LaunchError } from "../protocol/launch-error.ts";

const tries = 4;

/** Asks again while an error may pass: opening is the moment when a whole class presses Launch at once. Rejects with the last error. */
export async function openPatiently<T>(open: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await open();
    } catch (error) {
      if (failures === tries || !(error instanceof LaunchError) || !error.passing) throw error;
      const delay = retryDelay(failures, Math.random(), Math.min(error.retryAfter ?? 0, 10_000));
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}

/** The promise, for at most so many milliseconds; then it rejects. What it waits for goes on. */
export function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`nothing after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]);
}
