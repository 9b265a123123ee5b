import { EventEmitter, once } from "node:events";

/** Those who wait for news of sessions in this process. Another process's news are found by looking again. */
const askers = new EventEmitter().setMaxListeners(0);

/** Tells those who wait that there is something new. */
export function wakeAsker(externalSessionId: string): void {
  askers.emit(externalSessionId);
}

/** Resolves when there may be news of a session, or when the time is over. */
export async function untilNews(externalSessionId: string, waitMs: number, signal: AbortSignal): Promise<void> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(waitMs))]);
  await once(askers, externalSessionId, { signal: over }).catch((error: unknown) => {
    if (!over.aborted) throw error;
  });
}
