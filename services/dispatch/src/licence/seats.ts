import type pg from "pg";
import type { EffectiveTerms } from "./effective-terms.ts";

/** A learner's place in a dispatch, free or taken. */
export interface SeatRow {
  readonly first_used_at: Date;
  readonly last_used_at: Date;
  readonly released_at: Date | null;
  readonly revoked: boolean;
}

/** Who sits where, as far as it decides a launch. */
export interface SeatCounts {
  /** Seats that others hold. */
  readonly taken: number;
  /** The learner holds one. */
  readonly seated: boolean;
}

/** Whom a seat is for. */
export interface SeatOwner {
  readonly tenantId: string;
  readonly dispatchId: string;
  readonly destinationId: string;
  readonly learnerKey: string;
}

/** A learner's seat in a dispatch; undefined: never admitted. */
export async function readSeat(
  client: pg.ClientBase,
  { dispatchId, learnerKey }: SeatOwner,
): Promise<SeatRow | undefined> {
  const { rows } = await client.query<SeatRow>(
    "select first_used_at, last_used_at, released_at, revoked from seat where dispatch_id = $1 and learner_key = $2",
    [dispatchId, learnerKey],
  );
  return rows[0];
}

const LIVE = "released_at is null and ($3::timestamptz is null or last_used_at > $3)";

/** Counts the seats of a dispatch or, where a learner takes one seat in however many dispatches, of a destination. */
export async function countSeats(
  client: pg.ClientBase,
  of: "dispatch" | "destination",
  { dispatchId, destinationId, learnerKey }: SeatOwner,
  { seatLimit, seatIdleMs }: Pick<EffectiveTerms, "seatLimit" | "seatIdleMs">,
  now: Date,
): Promise<SeatCounts> {
  if (seatLimit === 0) return { taken: 0, seated: false };
  const idle = seatIdleMs === 0 ? null : new Date(now.getTime() - seatIdleMs);
  const { rows } = await client.query<SeatCounts>(
    `select count(distinct learner_key) filter (where learner_key <> $2)::int as taken,
       coalesce(bool_or(learner_key = $2), false) as seated
     from seat where ${of}_id = $1 and ${LIVE}`,
    [of === "dispatch" ? dispatchId : destinationId, learnerKey, idle],
  );
  return rows[0] ?? { taken: 0, seated: false };
}

/** Takes a seat, or keeps it. */
export async function takeSeat(client: pg.ClientBase, owner: SeatOwner, now: Date): Promise<void> {
  await client.query(
    `insert into seat (dispatch_id, tenant_id, destination_id, learner_key, first_used_at, last_used_at)
     values ($1, $2, $3, $4, $5, $5)
     on conflict (dispatch_id, learner_key) do update set last_used_at = greatest(seat.last_used_at, $5), released_at = null`,
    [owner.dispatchId, owner.tenantId, owner.destinationId, owner.learnerKey, now],
  );
}

/** How often the use of a seat is written while a learner sits in it. */
const TOUCH_MS = 60_000;

/** Keeps a seat that is in use from becoming free. One that was given up is not taken again. */
export async function touchSeat(
  client: pg.ClientBase,
  { dispatchId, learnerKey }: Pick<SeatOwner, "dispatchId" | "learnerKey">,
  now: Date,
): Promise<void> {
  await client.query(
    `update seat set last_used_at = $3 where dispatch_id = $1 and learner_key = $2 and released_at is null and last_used_at < $4`,
    [dispatchId, learnerKey, now, new Date(now.getTime() - TOUCH_MS)],
  );
}
