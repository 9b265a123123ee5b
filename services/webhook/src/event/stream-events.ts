import { setTimeout as sleep } from "node:timers/promises";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import type { Event, StreamEventsRequest } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type pg from "pg";
import { cursorOf, readCursor } from "./cursor.ts";
import { readFilter } from "./event-filter.ts";
import { toEvent } from "./event-row.ts";
import { readBounds, readLog } from "./read-log.ts";

const POLL_MS = 300;
/** Well below the 15 seconds of the contract. */
const HEARTBEAT_MS = 10_000;
const PAGE = 200;

/** Events behind a cursor, or from now on, until the caller goes. @throws CURSOR_INVALID, CURSOR_TOO_OLD, FILTER_INVALID */
export async function* streamEvents(
  pool: pg.Pool,
  tenantId: string,
  { afterCursor, filter: wanted }: StreamEventsRequest,
  gone: AbortSignal,
): AsyncGenerator<{ events: Event[]; nextCursor: string }> {
  const filter = readFilter(wanted);
  let position =
    afterCursor === ""
      ? (await inTenant(pool, tenantId, (client) => readBounds(client, tenantId))).last
      : readCursor(tenantId, afterCursor);
  let said = Number.NEGATIVE_INFINITY;
  while (!gone.aborted) {
    const page = await readLog(pool, tenantId, position, filter, PAGE);
    position = page.through;
    if (page.rows.length > 0 || performance.now() - said > HEARTBEAT_MS) {
      yield { events: page.rows.map(toEvent), nextCursor: cursorOf(tenantId, position) };
      said = performance.now();
    }
    if (!page.more) await sleep(POLL_MS, undefined, { signal: gone }).catch(() => undefined);
  }
}
