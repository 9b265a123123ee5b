/** Tells those who watch in this process that something of an organization changed. */
export interface Changes {
  tell(tenantId: string): void;
  /** Resolves with the next change, when the time is over, or when the signal fires. */
  next(tenantId: string, waitMs: number, signal: AbortSignal): Promise<void>;
}

export function changes(): Changes {
  const waiting = new Map<string, Set<() => void>>();
  return {
    tell(tenantId) {
      for (const wake of waiting.get(tenantId) ?? []) wake();
    },
    next: (tenantId, waitMs, signal) =>
      new Promise((resolve) => {
        const theirs = waiting.get(tenantId) ?? new Set();
        waiting.set(tenantId, theirs);
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", wake);
          theirs.delete(wake);
          if (theirs.size === 0 && waiting.get(tenantId) === theirs) waiting.delete(tenantId);
          resolve();
        };
        const timer = setTimeout(wake, waitMs);
        timer.unref();
        theirs.add(wake);
        signal.addEventListener("abort", wake);
        if (signal.aborted) wake();
      }),
  };
}
