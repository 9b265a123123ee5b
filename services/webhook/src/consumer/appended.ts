/** Tells those who wait in this process that the log has grown. */
export interface Appended {
  tell(): void;
  /** How often it has grown. */
  readonly growth: number;
  /** Resolves when it has grown since, when the time is over, or when the signal fires. */
  after(growth: number, waitMs: number, signal: AbortSignal): Promise<void>;
}

export function appended(): Appended {
  const waiting = new Set<() => void>();
  let growth = 0;
  return {
    tell() {
      growth += 1;
      for (const wake of waiting) wake();
    },
    get growth() {
      return growth;
    },
    after: (seen, waitMs, signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, waitMs);
        timer.unref();
        waiting.add(wake);
        signal.addEventListener("abort", wake);
        if (signal.aborted || growth !== seen) wake();
      }),
  };
}
