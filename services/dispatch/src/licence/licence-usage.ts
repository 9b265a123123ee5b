import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type LicenceUsage, LicenceUsageSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { type LicenceFacts, licenceStatus } from "./licence-status.ts";

/** What is used of the terms of a dispatch or a destination. */
export interface UsageRow extends LicenceFacts {
  readonly subject_id: string;
  readonly used: bigint;
  readonly used_total: bigint;
  readonly launch_count: bigint;
  readonly reset_at: Date | null;
  readonly seats_taken: number;
  readonly refusal_count: bigint;
}

type Counted = "used" | "used_total" | "launch_count" | "refusal_count";
/** As the driver gives it: counts of 64 bits are text. */
type RawUsage = Omit<UsageRow, Counted> & Readonly<Record<Counted, string>>;

const REFUSAL_DAYS = 30;
const COUNTS = `u.subject_id, u.used, u.used_total, u.launch_count, u.reset_at,
  t.enabled, t.starts_at, t.expires_at, t.usage_limit`;
const TAKEN = `s.released_at is null
  and (t.seat_idle_seconds = 0 or s.last_used_at > $2::timestamptz - make_interval(secs => t.seat_idle_seconds))`;

/** Use of dispatches by their id. */
export function usageOfDispatches(client: pg.ClientBase, ids: readonly string[], now: Date) {
  return read(
    client,
    `select ${COUNTS},
       (select count(*)::int from seat s where s.dispatch_id = t.id and ${TAKEN}) as seats_taken,
       (select count(*) from refusal r where r.dispatch_id = t.id and r.created_at > $3) as refusal_count
     from licence_usage u join dispatch t on t.id = u.subject_id where u.subject_id = any($1::uuid[])`,
    ids,
    now,
  );
}

/** Use of destinations by their id. A learner who sits in several dispatches of one takes one seat of it. */
export function usageOfDestinations(client: pg.ClientBase, ids: readonly string[], now: Date) {
  return read(
    client,
    `select ${COUNTS},
       (select count(distinct s.learner_key)::int from seat s where s.destination_id = t.id and ${TAKEN}) as seats_taken,
       (select count(*) from dispatch d join refusal r on r.dispatch_id = d.id
        where d.destination_id = t.id and r.created_at > $3) as refusal_count
     from licence_usage u join destination t on t.id = u.subject_id where u.subject_id = any($1::uuid[])`,
    ids,
    now,
  );
}

async function read(
  client: pg.ClientBase,
  query: string,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, UsageRow>> {
  const since = new Date(now.getTime() - REFUSAL_DAYS * 24 * 60 * 60 * 1000);
  const { rows } = await client.query<RawUsage>(query, [ids, now, since]);
  const read = rows.map((row) => ({
    ...row,
    used: BigInt(row.used),
    used_total: BigInt(row.used_total),
    launch_count: BigInt(row.launch_count),
    refusal_count: BigInt(row.refusal_count),
  }));
  return new Map(read.map((row) => [row.subject_id, row]));
}

export function toUsage(row: UsageRow, now: Date): LicenceUsage {
  return create(LicenceUsageSchema, {
    used: row.used,
    usedTotal: row.used_total,
    seatsTaken: row.seats_taken,
    ...(row.reset_at && { resetTime: timestampFromDate(row.reset_at) }),
    status: licenceStatus(row, now),
    refusalCount: row.refusal_count,
  });
}
