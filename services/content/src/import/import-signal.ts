import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** PostgreSQL channel on which every process hears of changed imports; the payload is an import's id. */
export const IMPORT_CHANNEL = "coursemesh_content_import";

const RECONNECT_MS = 1_000;

/** Tells waiters in this process that an import changed, whichever process changed it. */
export interface ImportSignal {
  start(): Promise<void>;
  /** Resolves when the import changed, at the latest after `maxMs`: a notification may get lost with its connection. */
  wait(importId: string, maxMs: number, signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on a connection of its own, and opens another when that breaks. */
export function importSignal(databaseUrl: string, logger: Logger): ImportSignal {
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  let client: pg.Client | undefined;
  let stopped = false;

  const listen = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, application_name: IMPORT_CHANNEL });
    client = next;
    next.on("notification", ({ payload }) => changes.emit(payload ?? ""));
    next.on("error", (error) => logger.warn({ err: error }, "listening for import changes broke off"));
    next.on("end", () => {
      if (!stopped) void again();
    });
    await next.connect();
    await next.query(`listen ${IMPORT_CHANNEL}`);
  };
  const again = async (): Promise<void> => {
    await sleep(RECONNECT_MS);
    if (!stopped) await listen().catch(() => undefined);
  };

  return {
    start: listen,
    async wait(importId, maxMs, signal) {
      const ended = new AbortController();
      const either = AbortSignal.any([signal, ended.signal]);
      const changed = once(changes, importId, { signal: either });
      const late = sleep(maxMs, undefined, { signal: either });
      await Promise.race([changed, late]).catch(() => undefined);
      ended.abort();
      await Promise.allSettled([changed, late]);
    },
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
    },
  };
}
