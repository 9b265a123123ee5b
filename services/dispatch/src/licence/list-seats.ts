import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import { type Seat, SeatSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";

/** A taken seat with the newest session of its learner. */
export interface SeatRow {
  readonly id: string;
  readonly dispatch_id: string;
  readonly first_used_at: Date;
  readonly last_used_at: Date;
  readonly seat_idle_seconds: number;
  readonly session_id: string | null;
  readonly learner_id: string | null;
}

const FROM = `seat s join dispatch d on d.id = s.dispatch_id where s.dispatch_id = $1 and s.released_at is null
  and (d.seat_idle_seconds = 0 or s.last_used_at > $2::timestamptz - make_interval(secs => d.seat_idle_seconds))`;

/** Seats that are taken, latest use first, one more than asked for. */
export async function listSeats(
  client: pg.ClientBase,
  dispatchId: string,
  { after, limit }: PageStart,
  now: Date,
): Promise<SeatRow[]> {
  const { rows } = await client.query<SeatRow>(
    `select taken.*, e.id as session_id, e.learner_id from (
       select s.*, d.seat_idle_seconds from ${FROM} and ($3::timestamptz is null or (s.last_used_at, s.id) < ($3, $4::uuid))
       order by s.last_used_at desc, s.id desc limit $5
     ) taken left join lateral (
       select e.id, e.learner_id from external_session e
       where e.dispatch_id = taken.dispatch_id and e.learner_key = taken.learner_key order by e.instance_number desc limit 1
     ) e on true order by taken.last_used_at desc, taken.id desc`,
    [dispatchId, now, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
  );
  return rows;
}

export async function countSeats(client: pg.ClientBase, dispatchId: string, now: Date): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(`select count(*) as count from ${FROM}`, [dispatchId, now]);
  return BigInt(rows[0]?.count ?? 0);
}

export function seatKeys({ last_used_at, id }: SeatRow): PageKeys {
  return [last_used_at.toISOString(), id];
}

export function toSeat(row: SeatRow): Seat {
  const { seat_idle_seconds: idle, last_used_at } = row;
  return create(SeatSchema, {
    id: row.id,
    dispatchId: row.dispatch_id,
    externalSessionId: row.session_id ?? "",
    learnerId: row.learner_id ?? "",
    takeTime: timestampFromDate(row.first_used_at),
    lastUseTime: timestampFromDate(last_used_at),
    ...(idle > 0 && { freeTime: timestampFromDate(new Date(last_used_at.getTime() + idle * 1000)) }),
  });
}
