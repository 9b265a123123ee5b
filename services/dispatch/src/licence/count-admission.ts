import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { DispatchLimitReachedSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import {
  LicenceStatus,
  type LicenceUsage,
  LicenceUsageSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import type pg from "pg";
import { announce } from "../announce.ts";
import type { EffectiveTerms } from "./effective-terms.ts";

/** What is used of the terms of a dispatch or destination. Counts are text, as the driver gives 64 bits. */
export interface LockedUsage {
  readonly subject_id: string;
  readonly used: string;
  readonly used_total: string;
  readonly reset_at: Date | null;
  readonly limit_reached_at: Date | null;
}

/** What is used of these. Hold `lockUsage`, or it is out of date when it is read. */
export async function readUsage(
  client: pg.ClientBase,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, LockedUsage>> {
  const { rows } = await client.query<LockedUsage>(
    "select subject_id, used, used_total, reset_at, limit_reached_at from licence_usage where subject_id = any($1::uuid[])",
    [subjectIds],
  );
  return new Map(rows.map((row) => [row.subject_id, row]));
}

/** An admission, as it counts for one subject. */
export interface CountedAdmission {
  readonly usage: LockedUsage;
  readonly terms: EffectiveTerms;
  /** The learner was never admitted before. */
  readonly isNew: boolean;
  /** Seats taken, this learner's included. */
  readonly seats: number;
  /** Ids for the announcement; the dispatch's is empty where the destination's terms are counted. */
  readonly dispatchId: string;
  readonly destinationId: string;
}

/** Counts an admission; announces once per reset that nothing is left. Hold `lockUsage`. */
export async function countAdmission(
  client: pg.ClientBase,
  tenantId: string,
  admission: CountedAdmission,
  now: Date,
): Promise<void> {
  const { usage, terms, isNew, seats } = admission;
  const more = isNew ? 1n : 0n;
  const used = BigInt(usage.used) + more;
  const isFull =
    (isNew && terms.usageLimit > 0 && used >= terms.usageLimit) || (terms.seatLimit > 0 && seats >= terms.seatLimit);
  const isNews = isFull && usage.limit_reached_at === null;
  await client.query(
    `update licence_usage set used = used + $2, used_total = used_total + $2, launch_count = launch_count + 1,
       limit_reached_at = case when $3 then $4 else limit_reached_at end
     where subject_id = $1`,
    [usage.subject_id, more, isNews, now],
  );
  if (!isNews) return;
  const { dispatchId, destinationId } = admission;
  const told = usageMessage(usage, used, BigInt(usage.used_total) + more, seats);
  const event = create(DispatchLimitReachedSchema, { dispatchId, destinationId, usage: told });
  await announce(client, tenantId, DispatchLimitReachedSchema, event);
}

function usageMessage({ reset_at }: LockedUsage, used: bigint, usedTotal: bigint, seatsTaken: number): LicenceUsage {
  return create(LicenceUsageSchema, {
    used,
    usedTotal,
    seatsTaken,
    status: LicenceStatus.LIMIT_REACHED,
    ...(reset_at && { resetTime: timestampFromDate(reset_at) }),
  });
}
