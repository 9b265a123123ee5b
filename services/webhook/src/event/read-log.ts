import { inTenant } from "@coursemesh/platform/db/database.ts";
import type pg from "pg";
import { errors } from "../errors.ts";
import { cursorOf, type Position } from "./cursor.ts";
import { type FilterLists, filterValues, matchesSql } from "./event-filter.ts";
import type { EventRow } from "./event-row.ts";

/** A piece of the log. */
export interface LogPage {
  readonly rows: readonly EventRow[];
  /** Everything that matches up to here is in the page; nothing will appear before it. */
  readonly through: Position;
  readonly more: boolean;
}

/** How far an organization's log goes. */
export interface LogBounds {
  readonly last: Position;
  readonly removedThrough: Position;
}

/** Events looked at for one page, so that a filter that nothing meets does not keep a connection busy. */
const WINDOW = 20_000;

export async function readBounds(client: pg.ClientBase, tenantId: string): Promise<LogBounds> {
  const { rows } = await client.query<{ position: string; removed_through: string }>(
    "select position, removed_through from event_clock where tenant_id = $1",
    [tenantId],
  );
  return { last: Number(rows[0]?.position ?? 0), removedThrough: Number(rows[0]?.removed_through ?? 0) };
}

/**
 * Reads what comes behind a position, oldest first. The log's end is read before the events: what was committed by then is seen by the
 * second query, and what comes later has a later position, so nothing is passed over.
 * @param after undefined: from the oldest kept. @throws CURSOR_TOO_OLD
 */
export function readLog(
  pool: pg.Pool,
  tenantId: string,
  after: Position | undefined,
  filter: FilterLists,
  limit: number,
): Promise<LogPage> {
  return inTenant(pool, tenantId, async (client) => {
    const { last, removedThrough } = await readBounds(client, tenantId);
    if (after !== undefined && after < removedThrough) throw await tooOld(client, tenantId, removedThrough);
    const begin = after ?? removedThrough;
    const { rows: ends } = await client.query<{ position: string }>(
      "select position from event where tenant_id = $1 and position > $2 order by position offset $3 limit 1",
      [tenantId, begin, WINDOW],
    );
    const end = ends[0] ? Math.min(Number(ends[0].position), last) : last;
    const { rows } = await client.query<EventRow>(
      `select * from event e where tenant_id = $1 and position > $2 and position <= $3 and ${matchesSql(5)} order by position limit $4`,
      [tenantId, begin, end, limit + 1, ...filterValues(filter)],
    );
    const page = rows.slice(0, limit);
    const full = rows.length > limit;
    const through = full ? Number(page.at(-1)?.position) : Math.max(end, begin);
    return { rows: page, through, more: full || end < last };
  });
}

async function tooOld(client: pg.ClientBase, tenantId: string, removedThrough: Position): Promise<Error> {
  const { rows } = await client.query<{ occurred_at: Date }>(
    "select occurred_at from event where tenant_id = $1 order by position limit 1",
    [tenantId],
  );
  return errors.cursorTooOld({
    oldest_cursor: cursorOf(tenantId, removedThrough),
    oldest_time: rows[0]?.occurred_at.toISOString() ?? "",
  });
}
