import { inSystem, inTenant } from "@coursemesh/platform/db/database.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import type { Logger } from "pino";
import { deleteRegistrations } from "../registration/delete-registrations.ts";
import { dropUntracked } from "../sequencing/forget-sessions.ts";

/** A launch is taken for left when nothing was heard of it for this long. A player says that it is there at least every minute. */
const SILENT_MS = 30 * 60_000;
const PREVIEW_MS = 7 * 24 * 3600_000;
/** An untracked launch of which nothing was heard for this long cannot be opened again. */
const UNTRACKED_MS = 24 * 3600_000;
const INTERVAL_MS = 60_000;
const BATCH = 200;

/** Tidies up behind players that went without a word. */
export interface LaunchSweep {
  start(): void;
  /** One round, now. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Ends launches that nothing is heard of, so that reports do not wait for a window that was killed, and removes old previews.
 * Several processes may do this at once: each step locks what it changes and looks again.
 */
export function launchSweep(
  pool: () => pg.Pool,
  end: (organizationId: string, launchId: string, kind: LaunchEnd) => Promise<void>,
  now: () => Date,
  logger: Logger,
  forget: () => Promise<void> = async () => undefined,
): LaunchSweep {
  let timer: NodeJS.Timeout | undefined;
  let busy: Promise<void> | undefined;

  const endSilent = async (): Promise<void> => {
    const since = new Date(now().getTime() - SILENT_MS);
    const { rows } = await inSystem(pool(), (client) =>
      client.query<{ id: string; tenant_id: string }>(
        `select id, tenant_id from launch
         where ended_at is null and opened_at is not null and opened_at < $1 and active_at < $1 order by opened_at limit $2`,
        [since, BATCH],
      ),
    );
    for (const { id, tenant_id } of rows) await end(tenant_id, id, LaunchEnd.CLOSED);
  };

  const dropPreviews = async (): Promise<void> => {
    const before = new Date(now().getTime() - PREVIEW_MS);
    const { rows } = await inSystem(pool(), (client) =>
      client.query<{ id: string; tenant_id: string }>(
        "select id, tenant_id from registration where preview and created_at < $1 order by created_at limit $2",
        [before, BATCH],
      ),
    );
    for (const { id, tenant_id } of rows)
      await inTenant(pool(), tenant_id, (client) => deleteRegistrations(client, tenant_id, [id]));
  };

  const dropPlays = (): Promise<void> =>
    inSystem(pool(), (client) => dropUntracked(client, "updated_at < $1", [new Date(now().getTime() - UNTRACKED_MS)]));

  const run = (): Promise<void> => {
    busy ??= endSilent()
      .then(dropPreviews)
      .then(dropPlays)
      .then(forget)
      .finally(() => {
        busy = undefined;
      });
    return busy;
  };

  return {
    run,
    start() {
      timer = setInterval(() => {
        run().catch((error: unknown) =>
          logger.warn({ err: error }, "silent launches could not be ended; trying again"),
        );
      }, INTERVAL_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await busy?.catch(() => undefined);
    },
  };
}
