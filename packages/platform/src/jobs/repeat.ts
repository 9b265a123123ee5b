import type { Logger } from "pino";

/** Work that a process does again and again. */
export interface Repeated {
  start(): void;
  /** Waits for what is under way; nothing begins afterwards. */
  stop(): Promise<void>;
}

/** Does work every so many milliseconds, never twice at once. A failure goes to the log and the work is tried again when its time comes. */
export function repeat(intervalMs: number, logger: Logger, title: string, work: () => Promise<unknown>): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let busy: Promise<unknown> | undefined;
  return {
    start() {
      timer = setInterval(() => {
        busy ??= work()
          .catch((error: unknown) => logger.warn({ err: error }, `${title} failed; it will be tried again`))
          .finally(() => {
            busy = undefined;
          });
      }, intervalMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await busy;
    },
  };
}
