import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Position } from "../event/cursor.ts";
import type { Lease } from "./lease.ts";

/** An organization's log as far as a consumer has not read it. */
export interface Unread {
  readonly tenantId: string;
  readonly after: Position;
  /** The log's end: all that was committed up to here can be read, and nothing will appear before it. */
  readonly last: Position;
  /** Events up to here are not kept any more. */
  readonly removedThrough: Position;
}

const LEASE_SECONDS = 30;
/** Pause after a first failure, doubled with each further one. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

/** Notes that a consumer is there. A transient one begins now, any other with the oldest event there is. */
export async function hearOf(client: pg.ClientBase, consumer: string, transient: boolean): Promise<void> {
  await client.query(
    `insert into consumer (name, begins_after, transient)
     values ($1, case when $2 then (extract(epoch from clock_timestamp()) * 1000000)::bigint else 0 end, $2)
     on conflict (name) do update set heard_at = now()`,
    [consumer, transient],
  );
}

/** Gives a consumer cursors for organizations that are new to it. Answers how many. */
export async function addCursors(client: pg.ClientBase, consumer: string): Promise<number> {
  const { rowCount } = await client.query(
    `insert into consumer_cursor (consumer, tenant_id, position)
     select n.name, c.tenant_id, n.begins_after from consumer n join event_clock c on c.position > n.begins_after
     where n.name = $1 and not exists (select from consumer_cursor k where k.consumer = n.name and k.tenant_id = c.tenant_id)
     on conflict do nothing`,
    [consumer],
  );
  return rowCount ?? 0;
}

/** The organization that has waited longest for this consumer; locked to the end of the transaction, and passed over by others. */
export async function lockUnread(client: pg.ClientBase, consumer: string): Promise<Unread | undefined> {
  const { rows } = await client.query<Record<"tenant_id" | "position" | "last" | "removed_through", string>>(
    `select k.tenant_id, k.position, c.position as last, c.removed_through
     from consumer_cursor k join event_clock c on c.tenant_id = k.tenant_id
     where k.consumer = $1 and k.position < c.position and k.next_at <= now()
     order by k.next_at, k.tenant_id limit 1 for update of k skip locked`,
    [consumer],
  );
  const [row] = rows;
  return (
    row && {
      tenantId: row.tenant_id,
      after: Number(row.position),
      last: Number(row.last),
      removedThrough: Number(row.removed_through),
    }
  );
}

/** Moves on without a lease, where nothing was for this consumer. */
export async function passOver(
  client: pg.ClientBase,
  consumer: string,
  tenantId: string,
  through: Position,
): Promise<void> {
  await client.query(
    "update consumer_cursor set position = $3, next_at = now(), lease = null, failures = 0 where consumer = $1 and tenant_id = $2",
    [consumer, tenantId, through],
  );
}

export async function lease(
  client: pg.ClientBase,
  consumer: string,
  { tenantId, after }: Unread,
  through: Position,
): Promise<Lease> {
  const id = randomUUID();
  await client.query(
    `update consumer_cursor set next_at = now() + interval '${LEASE_SECONDS} seconds', lease = $3 where consumer = $1 and tenant_id = $2`,
    [consumer, tenantId, id],
  );
  return { tenantId, after, through, id };
}

/** What was handled is handled, also when the lease was over before: otherwise events that always take longer would come for ever. */
export async function noteHandled(
  client: pg.ClientBase,
  consumer: string,
  { tenantId, after, through, id }: Lease,
): Promise<void> {
  await client.query(
    `update consumer_cursor set position = $4, failures = 0, lease = null, next_at = case when lease = $5 then now() else next_at end
     where consumer = $1 and tenant_id = $2 and position >= $3 and position < $4`,
    [consumer, tenantId, after, through, id],
  );
}

export async function noteFailed(client: pg.ClientBase, consumer: string, { tenantId, id }: Lease): Promise<void> {
  await client.query(
    `update consumer_cursor set failures = failures + 1, lease = null,
       next_at = now() + least(${FIRST_PAUSE_MS} * 2 ^ least(failures, 20), ${LONGEST_PAUSE_MS}) * interval '1 millisecond'
     where consumer = $1 and tenant_id = $2 and lease = $3`,
    [consumer, tenantId, id],
  );
}

/** Forgets transient consumers that are gone. Answers how many. */
export async function forgetConsumers(client: pg.ClientBase): Promise<number> {
  const { rowCount } = await client.query(
    "delete from consumer where transient and heard_at < now() - interval '1 hour'",
  );
  return rowCount ?? 0;
}
